#!/usr/bin/env bash
# Time and memory as tables grow: 62,500, 250,000 and 1,000,000 stored solutions, two votes of programs on each, labels, exports.
#   ./dev scale
# WORK: where data and workspaces go (default: a new temporary folder; about 2 GB). Needs GNU time.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
./sluice --version >/dev/null
export SLUICE_NO_BUILD=1
for problems in 15625 62500 250000; do
  data=$work/$problems.jsonl
  awk -v n=$problems 'BEGIN {
    for (i = 0; i < n; i++) {
      s = i % 97 + 2; t = i % 89 + 3
      printf "{\"question\": \"Box %d holds %d pens, and %d more are put in. How many are there?\", \"answer\": \"%d\"", i, s, t, s + t
      for (k = 0; k < 4; k++) { r = s + t + (k == 3); printf ", \"%c\": \"There were %d pens.\\n%d + %d = <<%d+%d=%d>>%d\\n#### %d\"", 97 + k, s, s, t, s, t, r, r, r }
      print "}"
    }
  }' >"$data"
  /usr/bin/time -f '%e %M' -o "$work/$problems.time" ./sluice run runners/src/it/scale.yaml --param data="$data" --workspace "$work/ws$problems" --quiet >"$work/$problems.out" 2>&1 ||
    { cat "$work/$problems.out"; exit 1; }
  read -r seconds kilobytes <"$work/$problems.time"
  /usr/bin/time -f '%e' -o "$work/$problems.plan" ./sluice plan runners/src/it/scale.yaml --param data="$data" --workspace "$work/ws$problems" >/dev/null
  echo "$((4 * problems)) solutions: $seconds s, $((kilobytes / 1024)) MB at most; plan with nothing changed $(cat "$work/$problems.plan") s"
  grep -E '^(problems|solutions|votes|labels) ' "$work/$problems.out" || true
done
# Exports of the same runs, and DuckDB's COPY of the same columns of the largest.
for problems in 15625 62500 250000; do
  rm -rf "$work/export"
  /usr/bin/time -f '%e %U %M' -o "$work/export.time" ./sluice export --format trl/unpaired --out "$work/export" --workspace "$work/ws$problems" --quiet >/dev/null
  read -r seconds user kilobytes <"$work/export.time"
  echo "export of $((4 * problems)) solutions to trl/unpaired, Parquet and JSONL: $seconds s, $user s of processor time, $((kilobytes / 1024)) MB at most"
done
python=$(ls -t "${SLUICE_DEV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice-dev}"/venv-*/bin/python 2>/dev/null | head -1 || true)
if [ -n "$python" ]; then "$python" runners/src/it/python/bench/exporting.py "$work/ws250000" "$work/export"; else echo "no Python environment; ./dev it makes it, and then DuckDB is compared"; fi
begin=$(date +%s%N)
./sluice verify --workspace "$work/ws250000" >"$work/verify.out"
middle=$(date +%s%N)
find "$work/ws250000/artifacts" -type f -print0 | xargs -0 sha256sum >/dev/null
end=$(date +%s%N)
bytes=$(du -sb "$work/ws250000/artifacts" | cut -f1)
awk -v b="$bytes" -v v=$((middle - begin)) -v s=$((end - middle)) 'BEGIN { printf "verify: %.0f MB in %.2f s, %.0f MB/s, JVM start included; sha256sum %.0f MB/s\n", b / 1e6, v / 1e9, b * 1e3 / v, b * 1e3 / s }'
