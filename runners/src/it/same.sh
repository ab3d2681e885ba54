#!/usr/bin/env bash
# The same rows however the work is cut: a small run of all stages at parallelism 1, 2 and 4, decoding 8, 64 and 256 rows at once.
#   ./dev same
# WORK: where workspaces go (default: a new temporary folder).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
./sluice --version >/dev/null
export SLUICE_NO_BUILD=1
first=
for parallelism in 1 2 4; do
  for batch in 8 64 256; do
    workspace=$work/p$parallelism-b$batch
    begin=$SECONDS
    ./sluice run runners/src/it/chaos.yaml --workspace "$workspace" --parallelism $parallelism --decode-batch $batch --quiet >"$workspace.log" 2>&1 ||
      { cat "$workspace.log"; exit 1; }
    digests=$(for artifact in $(find "$workspace/artifacts" -name manifest.json -printf '%h\n' | sort); do ./sluice digest "$artifact"; done | sort)
    echo "parallelism $parallelism, decode batch $batch: $(wc -l <<<"$digests") artifacts, $(cksum <<<"$digests" | cut -d' ' -f1), $((SECONDS - begin)) s"
    [ -z "$first" ] && first=$digests
    [ "$digests" = "$first" ] || { echo "FAILED: other rows than at first"; diff <(echo "$first") <(echo "$digests"); exit 1; }
  done
done
echo "the same rows in all nine"
