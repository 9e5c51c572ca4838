#!/usr/bin/env bash
# Makes the pictures of the README from real runs: docs/pictures.sh [demo-faulty] [guided] [plan], all of
# them by default. Takes about a minute; needs tmux, curl, and what Tminus itself needs.
#
# The screen is a detached tmux of its own. Everything runs in the folder below, which shows in the
# pictures; it must not exist yet, and is removed with all that was started, also when interrupted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$(pwd -P)
folder=/tmp/shop
shop_port=8080

. scripts/find-jdk.sh
find_jdk || exit 2
export JAVA_HOME LC_ALL=C.UTF-8 TMINUS_USER=lead
unset NO_COLOR CLICOLOR_FORCE COLUMNS TMINUS_STORE TMUX

fail() {
  echo "pictures: $*" >&2
  exit 1
}
for command in tmux curl; do
  type -P "$command" >/dev/null || fail "$command is missing - install it"
done

# ---- The screen --------------------------------------------------------------------------------------

tmux=(tmux -u -S "$folder/.tmux" -f /dev/null) # its socket goes with the folder
shop=''

# Begins afresh in an empty folder.
stage() {
  strike
  mkdir "$folder" || fail "$folder: cannot be made - remove it if nobody needs it"
  made=yes
}

# Ends what was started, waits for it, and removes the folder if it is ours.
made=''
strike() {
  [ -n "$made" ] || return 0
  "${tmux[@]}" kill-server 2>/dev/null || true
  [ -z "$shop" ] || kill "$shop" 2>/dev/null || true
  local process end=$((SECONDS + 20))
  for process in $shop $(cat "$folder/.pid" 2>/dev/null); do
    while kill -0 "$process" 2>/dev/null && [ $SECONDS -lt $end ]; do sleep 0.1; done
  done
  rm -rf "$folder"
  shop=''
  made=''
}
trap strike EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# open COLUMNS ROWS COMMAND: runs a command of the shell on the screen, which stays when it has ended.
open() {
  "${tmux[@]}" start-server \; set -g status off \; new-session -d -x "$1" -y "$2" -c "$folder" \
    "sh -c 'echo \$\$ >.pid; exec $3'; exec cat"
}

# What the screen shows; with -e in colour.
screen() {
  "${tmux[@]}" capture-pane -p "$@"
}

# await SECONDS WORDS: waits until the words are on the screen and, with a third argument, until its last
# line is that.
await() {
  local shown end=$((SECONDS + $1))
  while shown=$(screen | sed 's/ *$//' | grep .) || true; do
    [[ $shown != *"$2"* ]] || [[ -n ${3-} && ${shown##*$'\n'} != "$3" ]] || return 0
    [ $SECONDS -lt $end ] || fail "waited $1 s in vain for '$2' on the screen, which shows:
$shown"
    sleep 0.1
  done
}

# answer WORDS KEYS: types at the prompt once the step with these words is asked for.
answer() {
  await 30 "$1" '>'
  "${tmux[@]}" send-keys -l "$2"
  "${tmux[@]}" send-keys Enter
}

# fill BLANK VALUE
fill() {
  await 10 "$1:" "  $1:"
  "${tmux[@]}" send-keys -l "$2"
  "${tmux[@]}" send-keys Enter
}

# picture NAME COLUMNS COMMAND DESCRIPTION: makes docs/NAME.svg of the coloured text that comes in.
picture() {
  "$JAVA_HOME/bin/java" "$root/docs/TerminalPicture.java" "$2" "$3" "$4" >"$folder/$1.svg"
  mv "$folder/$1.svg" "docs/$1.svg"
  echo "docs/$1.svg"
}

# ---- The pictures ------------------------------------------------------------------------------------

demo-faulty() {
  stage
  local columns=110
  open "$columns" 34 "$root/tminus demo --release faulty"
  await 120 'report: '
  screen -e | picture demo-faulty "$columns" './tminus demo --release faulty' \
    'A faulty release gets 10 % of the traffic, its error rate fires a trigger, and everything is rolled back by itself.'
}

# A checklist without any binding, next to a shop that really answers. Up to the go/no-go gate.
guided() {
  stage
  local app
  app=$root/cli/target/tminus/$(cat "$root/cli/target/tminus/current")
  "$JAVA_HOME/bin/java" -cp "$app/lib/*" tminus.examples.shop.Shop --port "$shop_port" --version v1.0.0 \
    >"$folder/shop.log" 2>&1 &
  shop=$!
  local end=$((SECONDS + 30))
  until grep 'listens on' "$folder/shop.log" >/dev/null; do
    if ! kill -0 "$shop" 2>/dev/null || [ $SECONDS -ge $end ]; then
      fail "the shop did not start: $(cat "$folder/shop.log")"
    fi
    sleep 0.1
  done
  cp examples/shop/PRODUCTION_DEPLOYMENT.md "$folder"
  open 110 42 "$root/tminus run PRODUCTION_DEPLOYMENT.md --param VERSION=v1.1.0 \
    --param SHOP=localhost:$shop_port --param CANDIDATE=localhost:8081"

  answer 'Date, Deployment lead, Release manager' t
  fill Date "$(date +%F)"
  fill 'Deployment lead' 'on duty'
  fill 'Release manager' 'on duty'
  answer 'reviewed by somebody who did not write it' T
  answer 'Code: Sign-off' t
  answer 'only adds: the old version works' T
  answer 'run against a copy of production' t
  fill 'Time it took' 4
  answer "Last night's backup was restored" t
  fill Backup nightly
  fill 'Orders counted' 1207
  answer 'Database: Sign-off' t
  answer 'Customer support knows the date' T
  answer 'The shop is healthy and takes traffic' r
  answer 'Customers can look around' r
  answer 'The shop is quick enough' r
  answer 'The numbers we will decide by' 's the dashboard shows them'
  answer 'The deployment is announced' t
  answer 'No incident is open' T
  await 30 'type go or no-go' '>'
  screen -e | picture guided 110 './tminus run PRODUCTION_DEPLOYMENT.md --param VERSION=v1.1.0 …' \
    'A person is guided through a checklist: commands run and are judged, items are ticked, a gate asks for go or no-go.'
}

# The two lines at the top, the gate and the first shift, the triggers, and the counts.
plan() {
  stage
  cp examples/shop/PRODUCTION_DEPLOYMENT.md examples/shop/tminus.yaml "$folder"
  (cd "$folder" && CLICOLOR_FORCE=1 "$root/tminus" plan PRODUCTION_DEPLOYMENT.md --param VERSION=v1.1.0 \
    --param SHOP=shop.example --param CANDIDATE=green.shop.example) >"$folder/plan"
  awk '
    /25 % of the traffic/ || /Rollback › Steps/ { on = 0 }
    /3\. Go \/ No-Go/ || /If it has to go back/ || /[0-9] steps/ {
      if (!on) { print "  ⋮\n"; parts++ }
      on = 1
    }
    NR <= 2 || on
    END { exit parts != 3 }
  ' "$folder/plan" >"$folder/parts" || fail "the plan has other parts than expected: $(cat "$folder/plan")"
  picture plan 96 './tminus plan PRODUCTION_DEPLOYMENT.md --param VERSION=v1.1.0 …' \
    'A plan of a deployment: people attest, a gate decides, commands are checked, traffic is shifted with an undo, triggers roll back.' <"$folder/parts"
}

for name in "${@:-all}"; do
  case $name in
    all | demo-faulty | guided | plan) ;;
    *) fail "$name: is no picture - name demo-faulty, guided or plan, or nothing for all" ;;
  esac
done
./tminus --version >/dev/null # builds it, so that no picture shows that
case ${1-all} in
  all) set -- demo-faulty guided plan ;;
esac
for name in "$@"; do
  "$name"
done
