#!/usr/bin/env bash
# Checks deploy/ with the programs that read it: helm (built by Go) and promtool (out of Debian's package of Prometheus).
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/coffer/deploy
mkdir -p "$cache"

if [ ! -x "$cache/helm" ]; then
  echo 'building helm with Go; the first time takes some minutes ...'
  GOBIN="$cache" go install helm.sh/helm/v3/cmd/helm@v3.22.0
fi
if [ ! -x "$cache/promtool" ]; then
  unpacked=$(mktemp -d)
  (cd "$unpacked" && apt-get download prometheus && dpkg -x prometheus_*.deb .)
  cp "$unpacked/usr/bin/promtool" "$cache/promtool"
  rm -r "$unpacked"
fi

"$cache/helm" lint deploy/helm/coffer
"$cache/helm" template coffer deploy/helm/coffer --kube-version 1.30.0 \
  --set ingress.enabled=true --set serviceMonitor.enabled=true --set 'image.pullSecrets[0].name=registry' >/dev/null
"$cache/promtool" check config deploy/prometheus/prometheus.yml
echo 'deploy/ is read by helm and promtool'
