#!/usr/bin/env bash
# Work of an earlier version is not done again: small runs by the build of an earlier commit are planned by today's program.
# Every stage is reused whose behaviour version did not rise, and that reads no stage whose did.
#   ./dev upgrade [COMMIT]     default: the commit before this one
# WORK: where workspaces and the earlier tree go (default: target/upgrade). DATA: a GSM8K-like file, for configs/gsm8k-replay.yaml too.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
commit=$(git rev-parse --short "${1:-HEAD~1}^{commit}")
work=${WORK:-$PWD/target/upgrade}
old=$work/tree-$commit
mkdir -p "$work"
if [ ! -d "$old" ]; then
  echo "Taking the tree of $commit: $(git log -1 --format=%s "$commit")"
  mkdir "$old"
  git archive "$commit" | tar -x -C "$old"
fi
"$old/sluice" --version >/dev/null
./sluice --version >/dev/null
export SLUICE_NO_BUILD=1

# A run of the earlier program in a workspace of its own, and today's plan of the same file: NAME FILE [OPTION...]
failed=0
compare() {
  local name=$1 file=$2 workspace=$work/$commit-$1 rose='' line stage action reason
  shift 2
  if [ ! -f "$workspace/complete" ]; then
    rm -rf "$workspace"
    echo "$name: running it with $commit"
    "$old/sluice" run "$file" --workspace "$workspace" --quiet "$@" >"$work/$name.log" 2>&1 || { cat "$work/$name.log"; exit 1; }
    touch "$workspace/complete"
  fi
  ./sluice plan "$file" --workspace "$workspace" --json "$@" >"$work/$name.json"
  # One line for each stage; a reason holds no brace.
  while IFS= read -r line; do
    stage=$(sed -E 's/.*"name": ?"([^"]*)".*/\1/' <<<"$line")
    action=$(sed -E 's/.*"action": ?"([^"]*)".*/\1/' <<<"$line")
    reason=$(sed -E 's/.*"reason": ?"(([^"\\]|\\.)*)".*/\1/' <<<"$line")
    case $action:$reason in
      reuse:*) echo "  $name $stage: reused" ;;
      *"behaviour changed"*)
        rose="$rose $stage"
        echo "  $name $stage: runs, its version rose ($reason)" ;;
      *" first; if the rows turn out equal"*)
        [ -n "$rose" ] || failed=1
        echo "  $name $stage: waits for$rose" ;;
      *)
        failed=1
        echo "  $name $stage: FAILED, it would run again: $reason" ;;
    esac
  done < <(tr '{' '\n' <"$work/$name.json" | grep '"action"')
}

compare chaos "$old/runners/src/it/chaos.yaml"
compare models "$old/runners/src/it/run.yaml"
if [ -n "${DATA:-}" ]; then
  compare replay "$old/configs/gsm8k-replay.yaml" --param "data=$DATA"
fi
[ $failed = 0 ] || { echo "Work of $commit would be done again." >&2; exit 1; }
echo "what $commit made is reused"
