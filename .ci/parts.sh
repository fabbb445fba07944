# What .ci/run and .ci/deep share; sourced by both. Sets the machine up, gives `part`, and `sum` for the last line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CI=true
exec </dev/null

started=$SECONDS
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

node setup/install.mjs
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
echo "== node $(node --version), $(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN) cores"

# part <name> <command...>: runs it; its exit code and output are kept beside what its runner wrote.
part() {
  local name=$1 code=0 at=$SECONDS
  shift
  echo "== $name: $*"
  "$@" 2>&1 | tee "$results/$name.log" || code=$?
  echo "$code" >"$results/$name.code"
  echo "== $name: exit code $code after $((SECONDS - at)) s"
}

# tests <name> <npm script> <vitest options...>: a part whose tests are counted one by one.
tests() {
  local name=$1 script=$2
  shift 2
  part "$name" npm run "$script" -- --reporter=default --reporter=json --outputFile.json="$results/$name.json" "$@"
}

# sum: counts every part that ran. The exit code is 1 when anything failed.
sum() {
  echo "== all parts ended after $((SECONDS - started)) s"
  node .ci/count.mjs "$results"
}

# The chain tests must run on the real node here: without it they fail instead of falling back to the simulator.
export COFFER_REQUIRE_STARKNET_DEVNET=1
starknet_node() { node devnet/starknet-binary.ts --build; }
part starknet-node starknet_node
if [ "$(cat "$results/starknet-node.code")" = 0 ]; then
  STARKNET_DEVNET_BIN=$(tail -n 1 "$results/starknet-node.log")
  export STARKNET_DEVNET_BIN
  echo "== Starknet node: $("$STARKNET_DEVNET_BIN" --version) ($STARKNET_DEVNET_BIN)"
else
  echo "== Starknet node: none; what needs one will fail"
fi

# The requests to Stripe are held against Stripe's own stripe-mock here, which is built with Go.
export COFFER_REQUIRE_STRIPE_MOCK=1
stripe_mock() { node devnet/stripe/mock-binary.ts --build; }
part stripe-mock stripe_mock
if [ "$(cat "$results/stripe-mock.code")" = 0 ]; then
  STRIPE_MOCK_BIN=$(tail -n 1 "$results/stripe-mock.log")
  export STRIPE_MOCK_BIN
else
  echo "== stripe-mock: none; what needs it will fail"
fi
