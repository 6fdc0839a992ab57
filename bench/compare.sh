#!/usr/bin/env bash
# Announces per second and CPU per announce, ours beside others, one after the other in one run; see --help.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LANG=en_US.UTF-8

seconds=5 torrents=10000 rounds=7 warmup=20 peers=96
contests=()
while [ $# -gt 0 ]; do
    case "$1" in
    --seconds) seconds=$2 && shift ;;
    --rounds) rounds=$2 && shift ;;
    --torrents) torrents=$2 && shift ;;
    --peers) peers=$2 && shift ;;
    --warmup) warmup=$2 && shift ;;
    udp | http | close | cms) contests+=("$1") ;;
    *)
        echo "Usage: bench/compare.sh [--seconds N] [--warmup N] [--rounds N] [--torrents N] [--peers N] [udp] [http] [close] [cms]"
        echo "  udp    node beside the kernel alone, opentracker and npm's bittorrent-tracker, over UDP"
        echo "  http   node, the site's host path and its tenant filter beside a bare Kestrel endpoint and the others, keep-alive"
        echo "  close  the same with a connection an announce"
        echo "  cms    time for a page of the site, at rest and while it takes announces"
        echo "The load has --peers peers of each torrent, so that swarms stop growing while it warms up: otherwise who is"
        echo "faster has more peers to look after. What is connected all the time has at most one a connection."
        echo "Needs gcc; opentracker (Debian's package) and npm where they are to take part. Loopback only."
        exit 0
        ;;
    esac
    shift
done
[ ${#contests[@]} -gt 0 ] || contests=(udp http close cms)

work=$(mktemp -d)
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
chmod 755 "$work"

gcc -O2 -o "$work/trackload" bench/trackload.c
"$work/trackload" hashes "$torrents" >"$work/whitelist"
chmod 644 "$work/whitelist"
dotnet build src/OrchardTracker.Node -c Release -v q -nologo >/dev/null
dotnet build bench/OrchardTracker.Bench -c Release -v q -nologo >/dev/null

listening() { # PORT: waits until something answers there
    for _ in $(seq 240); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
        sleep 0.5
    done
    echo "Nothing listens on port $1." >&2
    exit 1
}

start() { # NAME PORT COMMAND...
    local name=$1 port=$2
    shift 2
    "$@" >"$work/$name.log" 2>&1 &
    pids+=($!)
    eval "pid_$name=$!"
    listening "$port"
}

stop() { # NAME
    local pid
    eval "pid=\$pid_$1"
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# All of a contest are up at once and idle until their turn: what else the machine does meets them alike, round by round.
warm_up() { # KIND PATH NAME:PORT:CONNECTIONS...
    local kind=$1 path=$2 who name port connections
    shift 2
    # What runs compiled just in time gets better for a while: a site takes longest, having most to compile.
    for who in "$@"; do
        IFS=: read -r name port connections <<<"$who"
        "$work/trackload" "$kind" 127.0.0.1 "$port" "$warmup" "$connections" "$torrents" "$path" 50 30 "$peers" >/dev/null || true
    done
}

measure() { # KIND PATH NAME:PORT:CONNECTIONS...
    local kind=$1 path=$2 who name port connections pid round before after line rate
    shift 2
    warm_up "$kind" "$path" "$@"
    for round in $(seq "$rounds"); do
        for who in "$@"; do
            IFS=: read -r name port connections <<<"$who"
            eval "pid=\$pid_$name"
            # Whoever was idle gets its threads and memory back first.
            "$work/trackload" "$kind" 127.0.0.1 "$port" 1 "$connections" "$torrents" "$path" 50 30 "$peers" >/dev/null || true
            before=$(ticks "$pid")
            line=$("$work/trackload" "$kind" 127.0.0.1 "$port" "$seconds" "$connections" "$torrents" "$path" 50 30 "$peers")
            after=$(ticks "$pid")
            rate=$(sed 's/^[a-z]* \([0-9]*\)\/s.*/\1/' <<<"$line")
            awk -v round="$round" -v name="$name" -v rate="$rate" -v t=$((after - before)) -v s="$seconds" \
                'BEGIN { print round, name, rate, t * 10000 / (rate * s) }' >>"$work/$kind.table"
        done
    done
    for who in "$@"; do stop "${who%%:*}"; done
}

table() { # KIND FIRST: the ratios are to FIRST
    echo
    echo "== $1: $torrents torrents, $rounds rounds of $seconds s in turns; medians; each round's ratios to $2 in it"
    awk -v first="$2" '
        function median(list, n,   sorted, i, j, t) {
            for (i = 1; i <= n; i++) sorted[i] = list[i]
            for (i = 2; i <= n; i++) for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t }
            return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
        }
        { if (!($2 in known)) { known[$2] = 1; names[++count] = $2 } rate[$2, $1] = $3; cpu[$2, $1] = $4; rounds = $1 }
        END {
            printf "%-22s %12s %8s %14s %20s\n", "", "announces/s", "ratio", "CPU us each", "announces/CPU s ratio"
            for (i = 1; i <= count; i++) {
                name = names[i]
                for (r = 1; r <= rounds; r++) {
                    rates[r] = rate[name, r]; cpus[r] = cpu[name, r]
                    more[r] = rate[name, r] / rate[first, r]; less[r] = cpu[first, r] / cpu[name, r]
                }
                printf "%-22s %12d %8.2f %14.2f %20.2f\n", name, median(rates, rounds), median(more, rounds), median(cpus, rounds), median(less, rounds)
            }
        }' "$work/$1.table"
}

start_node() {
    mkdir -p "$work/state"
    start node 17001 dotnet src/OrchardTracker.Node/bin/Release/net10.0/OrchardTracker.Node.dll \
        --Tracker:Address=127.0.0.1 --Tracker:Port=17001 --Tracker:RateLimit:Enabled=false --State:Folder="$work/state"
}

start_opentracker() {
    command -v opentracker >/dev/null || return 1
    local user=()
    [ "$(id -u)" != 0 ] || user=(-u nobody)
    opentracker -i 127.0.0.1 -p 17002 -P 17002 "${user[@]}" -w "$work/whitelist" >"$work/opentracker.log" 2>&1 &
    pids+=($!)
    pid_opentracker=$!
    listening 17002
}

start_npm() {
    command -v npm >/dev/null || return 1
    mkdir -p "$work/npm"
    (cd "$work/npm" && npm init -y && npm install --ignore-scripts bittorrent-tracker@11) >"$work/npm.log" 2>&1 || return 1
    cat >"$work/npm/server.mjs" <<'JS'
import Server from 'bittorrent-tracker/server'
const server = new Server({ udp: true, http: true, ws: false, stats: false, trustProxy: false })
server.on('error', () => {})
server.on('warning', () => {})
server.listen(17003, '127.0.0.1')
JS
    start npm 17003 node "$work/npm/server.mjs"
}

start_site() { # NAME PORT FASTPATH
    local folder="$work/site-$1"
    mkdir -p "$folder/wwwroot"
    cp -r src/OrchardTracker.Web/Recipes src/OrchardTracker.Web/NLog.config src/OrchardTracker.Web/appsettings.json "$folder"
    # What is measured is the path to the tracker, not how it refuses.
    sed -i 's/"name": "settings",/"name": "settings", "TrackerSiteSettings": { "HasRateLimit": false },/' "$folder/Recipes/orchardtracker.recipe.json"
    local app="$PWD/src/OrchardTracker.Web/bin/Release/net10.0/OrchardTracker.Web.dll"
    (cd "$folder" && exec dotnet "$app" --urls "http://127.0.0.1:$2" --OrchardTracker:FastPath="$3") >"$work/$1.log" 2>&1 &
    pids+=($!)
    eval "pid_$1=$!"
    for _ in $(seq 240); do
        if grep -q "Announce URL" "$work/$1.log"; then return; fi
        sleep 0.5
    done
    cat "$work/$1.log" >&2
    exit 1
}

for contest in "${contests[@]}"; do
    case $contest in
    udp)
        "$work/trackload" bare 17008 &
        pids+=($!)
        pid_kernel=$!
        start_node && who=(kernel:17008:256 node:17001:256) first=node
        if start_opentracker; then who+=(opentracker:17002:256) first=opentracker; fi
        if start_npm; then who+=(npm:17003:64); fi
        measure udp /announce "${who[@]}"
        table udp $first
        ;;
    http | close)
        dotnet build src/OrchardTracker.Web -c Release -v q -nologo >/dev/null && has_site=true || has_site=false
        start bare 17004 dotnet bench/OrchardTracker.Bench/bin/Release/net10.0/OrchardTracker.Bench.dll bare 17004
        start_node && who=(bare:17004:64 node:17001:64)
        if $has_site; then
            start_site hostpath 17005 true
            start_site tenantfilter 17006 false
            who+=(hostpath:17005:64 tenantfilter:17006:64)
        else
            echo "Left out: the site, because it cannot be built here."
        fi
        if start_opentracker; then who+=(opentracker:17002:64); fi
        if start_npm; then who+=(npm:17003:64); fi
        measure "$contest" /announce "${who[@]}"
        table "$contest" bare
        ;;
    cms)
        dotnet build src/OrchardTracker.Web -c Release -v q -nologo >/dev/null || { echo "Left out: cms, because the site cannot be built here." && continue; }
        start_site loaded 17007 true
        page() { # seconds for a page, the median of 31
            for _ in $(seq 31); do curl -s -o /dev/null -w '%{time_total}\n' "http://127.0.0.1:17007/$1"; done | sort -n | sed -n 16p
        }
        page "" >/dev/null
        page torrents >/dev/null
        rest_home=$(page "") rest_list=$(page torrents)
        "$work/trackload" http 127.0.0.1 17007 60 32 "$torrents" >"$work/load.line" &
        load=$!
        pids+=($load)
        sleep 2
        busy_home=$(page "") busy_list=$(page torrents)
        kill $load 2>/dev/null || true
        stop loaded
        echo
        echo "== cms: median time of a page, at rest and while 32 connections announce without a pause"
        awk -v a="$rest_home" -v b="$busy_home" -v c="$rest_list" -v d="$busy_list" 'BEGIN {
            printf "%-10s %10s %10s %8s\n", "", "rest ms", "busy ms", "ratio"
            printf "%-10s %10.1f %10.1f %8.1f\n%-10s %10.1f %10.1f %8.1f\n", "home", a * 1000, b * 1000, b / a, "torrents", c * 1000, d * 1000, d / c }'
        ;;
    esac
done
