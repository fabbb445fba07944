// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// Puts code at an address that is known before (CREATE2), as factories of smart accounts do.
contract AccountFactory {
    event Deployed(address account);

    function deploy(bytes32 salt, bytes memory code) external returns (address account) {
        assembly {
            account := create2(0, add(code, 32), mload(code), salt)
        }
        require(account != address(0), "nothing was deployed");
        emit Deployed(account);
    }
}
