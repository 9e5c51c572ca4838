#!/usr/bin/env bash
# How long ./tminus plan and ./tminus lint take from prompt to prompt. Arguments: a checklist, how often.
set -euo pipefail
checklist=$(realpath "${1:-"$(dirname "${BASH_SOURCE[0]}")/../examples/shop/PRODUCTION_DEPLOYMENT.md"}")
times=${2:-21}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./tminus --version >/dev/null # builds first, if it must

for command in plan lint; do
  for ((i = 0; i < times; i++)); do
    begin=${EPOCHREALTIME/[.,]/}
    ./tminus "$command" "$checklist" >/dev/null || true # findings are exit code 1
    echo $((${EPOCHREALTIME/[.,]/} - begin))
  done | sort -n | awk -v what="$command" '
    { took[NR] = $1 / 1000 }
    END { printf "%s: median %.0f ms, fastest %.0f, slowest %.0f (%d times)\n", what, took[int((NR + 1) / 2)], took[1], took[NR], NR }'
done
