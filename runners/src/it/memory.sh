#!/usr/bin/env bash
# Memory as work goes on: 1,000 training steps, 10,000 calls that generate, 200 rounds of GRPO in a run of its own.
#   ./dev memory
# WORK: where the workspace goes (default: a new temporary folder). Needs Linux, whose /proc says what a process holds.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
./sluice --version >/dev/null
SLUICE_NO_BUILD=1 ./sluice run runners/src/it/memory.yaml --workspace "$work/workspace" --quiet >"$work/run.out" 2>&1 &
run=$!
printf '\nafter rounds: process, most so far (MB)\n'
next=20
while kill -0 $run 2>/dev/null; do
  rounds=$(find "$work/workspace/units" -name '*.json' -exec grep -l -- '-update"' {} + 2>/dev/null | wc -l || true)
  if [ "$rounds" -ge "$next" ]; then
    awk -v r="$rounds" '/^VmRSS/ { now = $2 } /^VmHWM/ { most = $2 } END { printf "%7d  %5d  %5d\n", r, now / 1024, most / 1024 }' "/proc/$run/status" 2>/dev/null || true
    next=$((rounds / 20 * 20 + 20))
  fi
  sleep 1
done
wait $run || { cat "$work/run.out"; exit 1; }
