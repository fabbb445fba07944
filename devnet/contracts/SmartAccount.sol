// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// An account whose contract answers for it (ERC-1271): one key owns it, and may own others like it.
contract SmartAccount {
    bytes4 private constant YES = 0x1626ba7e;
    bytes4 private constant NO = 0xffffffff;

    address public immutable owner;

    constructor(address owner_) {
        owner = owner_;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 65) return NO;
        address signer = ecrecover(hash, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
        return signer != address(0) && signer == owner ? YES : NO;
    }

    /// Lets the owner make the account do anything, such as sending USDC.
    function execute(address to, bytes calldata data) external {
        require(msg.sender == owner, "only the owner");
        (bool done, ) = to.call(data);
        require(done, "the call failed");
    }
}
