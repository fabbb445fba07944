// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// A worthless stand-in for USDC on a development chain: six decimals, and a few ways to misbehave on purpose.
contract TestUsdc {
    string public constant name = "USD Coin (test)";
    string public constant symbol = "USDC";
    uint8 public constant decimals = 6;

    address public immutable owner = msg.sender;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Mint(address indexed minter, address indexed to, uint256 amount);
    event Burn(address indexed burner, uint256 amount);

    function mint(address to, uint256 value) external {
        require(msg.sender == owner, "only the owner mints");
        totalSupply += value;
        balanceOf[to] += value;
        emit Mint(msg.sender, to, value);
        emit Transfer(address(0), to, value);
    }

    function burn(uint256 value) external {
        balanceOf[msg.sender] -= value;
        totalSupply -= value;
        emit Burn(msg.sender, value);
        emit Transfer(msg.sender, address(0), value);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        move(from, to, value);
        return true;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    /// Many Transfer events in one transaction, all from the caller.
    function batchTransfer(address[] calldata to, uint256[] calldata value) external {
        for (uint256 i = 0; i < to.length; i++) move(msg.sender, to[i], value[i]);
    }

    /// Emits the event and then takes everything back: a receipt with status 0 and no logs.
    function transferThenRevert(address to, uint256 value) external {
        move(msg.sender, to, value);
        revert("reverted on purpose");
    }

    /// All that the caller has, up to a cap; the rest goes to the owner first. So what comes before it decides how much
    /// arrives, and at which place among the logs.
    function transferUpTo(address to, uint256 cap) external {
        uint256 all = balanceOf[msg.sender];
        if (all > cap) move(msg.sender, owner, all - cap);
        move(msg.sender, to, all > cap ? cap : all);
    }

    /// Fails the way some old tokens do: it says false, moves nothing, and the transaction succeeds.
    function transferFalsely(address, uint256) external pure returns (bool) {
        return false;
    }

    /// The event tells of all of it, and a hundredth does not arrive.
    function transferWithFee(address to, uint256 value) external {
        move(msg.sender, to, value);
        balanceOf[to] -= value / 100;
        totalSupply -= value / 100;
    }

    /// Tokens and coins move in an inner call that is taken back; the outer call does not mind, and succeeds.
    function transferInVain(address to, uint256 value) external payable {
        try this.moveAndRevert{value: msg.value}(msg.sender, to, value) {} catch {}
    }

    function moveAndRevert(address from, address to, uint256 value) external payable {
        require(msg.sender == address(this), "only in vain");
        move(from, to, value);
        (bool paid, ) = to.call{value: msg.value}("");
        require(paid && false, "reverted on purpose");
    }

    /// In one transaction: an event of this contract that names the parties, and a true transfer of another token.
    function boast(TestUsdc token, address from, address to, uint256 value) external {
        emit Transfer(from, to, value * 1000);
        token.transferFrom(from, to, value);
        emit Transfer(from, to, value * 1000);
    }

    /// A log of this contract with any topics (0 to 4) and any data; moves nothing.
    function emitLog(bytes32[] calldata topics, bytes calldata data) external {
        require(msg.sender == owner, "only the owner emits");
        bytes memory body = data;
        bytes32[] memory t = topics;
        assembly {
            let at := add(body, 32)
            let size := mload(body)
            switch mload(t)
            case 0 { log0(at, size) }
            case 1 { log1(at, size, mload(add(t, 32))) }
            case 2 { log2(at, size, mload(add(t, 32)), mload(add(t, 64))) }
            case 3 { log3(at, size, mload(add(t, 32)), mload(add(t, 64)), mload(add(t, 96))) }
            default { log4(at, size, mload(add(t, 32)), mload(add(t, 64)), mload(add(t, 96)), mload(add(t, 128))) }
        }
    }

    function move(address from, address to, uint256 value) private {
        require(to != address(0), "no transfer to zero");
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
    }
}
