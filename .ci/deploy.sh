#!/usr/bin/env bash
# Checks deploy/ with the programs that read it: helm and caddy (built by Go), promtool and prometheus (out of Debian's package);
# With the argument `tools` it only gets them.
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coffer/deploy
mkdir -p "$cache"

if [ ! -x "$cache/helm" ]; then
  echo 'building helm with Go; the first time takes some minutes ...'
  GOBIN="$cache" go install helm.sh/helm/v3/cmd/helm@v3.22.0
fi
if [ ! -x "$cache/caddy" ]; then
  echo 'building caddy with Go; the first time takes some minutes ...'
  GOBIN="$cache" go install github.com/caddyserver/caddy/v2/cmd/caddy@v2.10.2
fi
if [ ! -x "$cache/prometheus" ]; then
  unpacked=$(mktemp -d)
  (cd "$unpacked" && apt-get download prometheus && dpkg -x prometheus_*.deb .)
  cp "$unpacked/usr/bin/promtool" "$unpacked/usr/bin/prometheus" "$cache"
  rm -r "$unpacked"
fi
[ "${1:-}" != tools ] || exit 0

"$cache/helm" lint deploy/helm/coffer
"$cache/helm" template coffer deploy/helm/coffer --kube-version 1.30.0 \
  --set ingress.enabled=true --set serviceMonitor.enabled=true --set 'image.pullSecrets[0].name=registry' >/dev/null
"$cache/promtool" check config deploy/prometheus/prometheus.yml
COFFER_HOST=localhost "$cache/caddy" validate --config deploy/compose/Caddyfile --adapter caddyfile
echo 'deploy/ is read by helm, promtool and caddy'
