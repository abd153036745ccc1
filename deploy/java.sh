# Shared by deploy/up, audit, bench and faults: finds a JDK, builds what is older than its source, and hands out a copy.
# Sourced by sh and by bash; $home is the checkout and $script the name of the script that asks.
#
# What runs is never what is built. Builds go to a tree of their own (.data/build), so that "mvn verify" may run at the same
# time; each build is then copied (.data/programs), and programs run from the copy until they end.

wanted=25
build_tree="$home/.data/build"
programs="$home/.data/programs"
build_lock="$build_tree/lock"

say() { printf '%s\n' "$*" >&2; }

# The feature version of the JDK in directory $1, or 0 when there is none.
version_of() {
    if [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; then
        "$1/bin/java" -XshowSettings:properties -version 2>&1 |
            sed -n 's/^ *java\.specification\.version = \([0-9][0-9]*\).*/\1/p'
    else
        echo 0
    fi
}

is_new_enough() {
    found=$(version_of "$1")
    [ "${found:-0}" -ge "$wanted" ]
}

# Prints the home of a JDK that is new enough: the one named, the one on the path, then the usual places. Prints nothing
# when there is none.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_new_enough "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return
    fi
    if on_path=$(command -v javac 2>/dev/null); then
        # Follows links: /usr/bin/javac stands for a directory elsewhere.
        while [ -L "$on_path" ]; do
            link=$(readlink "$on_path")
            case $link in
                /*) on_path=$link ;;
                *) on_path=$(dirname "$on_path")/$link ;;
            esac
        done
        candidate=$(CDPATH= cd -- "$(dirname -- "$on_path")/.." && pwd -P)
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    fi
    if [ -x /usr/libexec/java_home ]; then
        candidate=$(/usr/libexec/java_home -v "$wanted+" 2>/dev/null || true)
        if [ -n "$candidate" ] && is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    fi
    for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/* "${HOME:-}"/.m2/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# Sets $jdk, or ends the script.
need_jdk() {
    jdk=$(find_jdk)
    if [ -z "$jdk" ]; then
        say "$script needs a JDK $wanted or newer and found none (looked at JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks)."
        say "需要 JDK $wanted 或更高版本。 Install one, for example:"
        say "  Debian, Ubuntu:  apt install openjdk-$wanted-jdk     (or Temurin $wanted from adoptium.net)"
        say "  macOS:           brew install openjdk@$wanted"
        say "  anywhere:        sdk install java $wanted-tem        (sdkman.io)"
        say "or name it: JAVA_HOME=/path/to/jdk $script"
        exit 2
    fi
}

# The modules that program $1 is made of, as they are called in the checkout.
modules_of() {
    echo deploy/infrastructure
    echo "deploy/$1"
    case $1 in
        auditor) return ;;
        fault-runner) echo deploy/auditor ;;
    esac
    for module in platform-bus/wire platform-bus/runtime registry-service transfer-in-service transfer-out-service \
        account-settlement-service gateway deploy/sample-data deploy/standalone; do
        echo "$module"
    done
}

# What Maven calls module $1; its directory in the build tree has that name.
artifact_of() {
    case $1 in
        platform-bus/* | deploy/*) echo "jiexu-$(basename "$1")" ;;
        *) echo "$1" ;;
    esac
}

# Prints sources of program $1 that are newer than file $2: files, and directories something was taken out of.
newer_than() {
    modules_of "$1" | while IFS= read -r module; do
        find "$home/$module/src/main" "$home/$module/pom.xml" -newer "$2" -print 2>/dev/null
    done
    find "$home/pom.xml" "$home/deploy/pom.xml" "$home/platform-bus/pom.xml" -newer "$2" -print
}

# One script builds or copies at a time; the others wait.
take_lock() {
    mkdir -p "$build_tree" "$programs"
    told=
    until (set -C && echo "$$" >"$build_lock") 2>/dev/null; do
        holder=$(cat "$build_lock" 2>/dev/null || true)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            # Its process has been killed. Only one of those who see this can move the lock away.
            if mv "$build_lock" "$build_lock.$$" 2>/dev/null; then
                # Another one may have taken it in the meantime: then it gets it back.
                [ "$(cat "$build_lock.$$")" = "$holder" ] || ln "$build_lock.$$" "$build_lock" 2>/dev/null || true
                rm -f "$build_lock.$$"
            fi
            continue
        fi
        if [ -z "$told" ]; then
            say "Waiting for another script that builds (process ${holder:-unknown}; its lock is $build_lock) …"
            told=yes
        fi
        sleep 1
    done
    trap 'rm -f "$build_lock"' EXIT
    trap 'rm -f "$build_lock"; exit 130' INT
    trap 'rm -f "$build_lock"; exit 143' TERM
}

give_lock() {
    rm -f "$build_lock"
    trap - EXIT INT TERM
}

# Shows modules and downloads of log $2 while process $1 works.
follow() {
    shown=0
    quiet=0
    while :; do
        running=yes
        kill -0 "$1" 2>/dev/null || running=no
        sed -n "$((shown + 1)),\$s/^\[INFO\] Building \(.*\[[0-9]*\/[0-9]*\]\).*/  \1/p" "$2" | tr -s ' ' | sed 's/^ */  /' >&2
        lines=$(wc -l <"$2")
        if [ "$lines" -gt "$shown" ] && [ $((quiet % 10)) -eq 9 ]; then
            fetched=$(grep -c 'Downloaded from' "$2" || true)
            [ "$fetched" -eq 0 ] || say "    $fetched files downloaded"
        fi
        shown=$lines
        [ "$running" = yes ] || break
        quiet=$((quiet + 1))
        sleep 1
    done
}

# Builds module deploy/$1 and what it needs into the build tree.
build() {
    if command -v mvn >/dev/null 2>&1; then
        maven=mvn
    else
        say "$script has to build first and needs Maven (3.8 or newer), which is not on the path."
        say "  Debian, Ubuntu:  apt install maven        macOS:  brew install maven        anywhere:  sdk install maven"
        exit 2
    fi
    say "Building what is new (the first time also downloads libraries, some minutes) 正在构建 …"
    # Maven leaves the outcome of a resource that has gone where it is: such modules begin anew.
    # The tree is every program's: one that was never built here is measured by the oldest that was.
    before=$build_tree/built-$1
    [ -f "$before" ] || before=$(find "$build_tree" -maxdepth 1 -name 'built-*' -exec ls -tr {} + 2>/dev/null | head -n 1)
    if [ -n "$before" ]; then
        modules_of "$1" | while IFS= read -r module; do
            if [ -n "$(find "$home/$module/src/main" -type d -newer "$before" -print 2>/dev/null | head -n 1)" ]; then
                rm -rf "${build_tree:?}/$(artifact_of "$module")"
            fi
        done
    fi
    # What is changed while Maven works is newer than this, and is built the next time.
    : >"$build_tree/building-$1"
    log="$build_tree/$1.log"
    # The output directory is a parameter, so that nobody else's build writes the same files. Downloads go to the log; a line
    # per module goes to the screen.
    (cd "$home" && JAVA_HOME="$jdk" exec "$maven" --batch-mode -DskipTests -Dspring-boot.repackage.skip=true \
        "-Doutput.directory=$build_tree/\${project.artifactId}/target" -pl "deploy/$1" -am package) >"$log" 2>&1 &
    maven_pid=$!
    trap 'kill "$maven_pid" 2>/dev/null; rm -f "$build_lock"; exit 130' INT TERM
    follow "$maven_pid" "$log"
    if ! wait "$maven_pid"; then
        grep -E '^\[?.{0,12}ERROR' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        say "The build failed; all of it is in $log"
        exit 1
    fi
    trap 'rm -f "$build_lock"; exit 130' INT TERM
    mv "$build_tree/building-$1" "$build_tree/built-$1"
    rm -f "$programs/$1.current"
    say "Built."
}

is_built() {
    [ -f "$build_tree/built-$1" ] && [ -z "$(newer_than "$1" "$build_tree/built-$1" | head -n 1)" ]
}

# Prints the copy of program $1 when it is whole; otherwise nothing.
copy_of() {
    [ -f "$programs/$1.current" ] || return 0
    copy=$programs/$(cat "$programs/$1.current")
    [ -f "$copy/class-path" ] || return 0
    tr ':' '\n' <"$copy/class-path" | while IFS= read -r entry; do
        [ -e "$entry" ] || exit 1
    done || return 0
    echo "$copy"
}

# Copies what module deploy/$1 runs on. Our own is copied; a library is linked where that can be done (nobody writes into a
# library, and a link outlives an emptied repository), else copied too.
copy_program() {
    id=$(date +%Y%m%d-%H%M%S)-$$
    part="$programs/$id.part"
    mkdir -p "$part/lib" "$part/users"
    cp -R "$build_tree/jiexu-$1/target/classes" "$part/jiexu-$1"
    path="$programs/$id/jiexu-$1"
    number=100
    # Without a subshell: the path is gathered.
    saved_ifs=$IFS
    IFS=:
    # shellcheck disable=SC2046
    set -- "$1" $(cat "$build_tree/jiexu-$1/target/class-path")
    IFS=$saved_ifs
    name=$1
    shift
    for entry in "$@"; do
        number=$((number + 1))
        file="$number-$(basename "$entry")"
        case $entry in
            "$build_tree"/*) cp "$entry" "$part/lib/$file" ;;
            *) ln "$entry" "$part/lib/$file" 2>/dev/null || cp "$entry" "$part/lib/$file" ;;
        esac
        path="$path:$programs/$id/lib/$file"
    done
    printf '%s' "$path" >"$part/class-path"
    mv "$part" "$programs/$id"
    printf '%s' "$id" >"$programs/$name.current"
}

# Does anybody run from copy $1? Children of a killed launcher too.
is_used() {
    for user in "$1"/users/*; do
        [ -e "$user" ] && kill -0 "$(basename "$user")" 2>/dev/null && return 0
    done
    # The brackets keep grep from finding itself.
    if [ -r /proc/self/cmdline ]; then
        grep -qs "$1/[j]iexu" /proc/[0-9]*/cmdline
    else
        ps -A -ww -o args= 2>/dev/null | grep -q "$1/[j]iexu"
    fi
}

# Removes copies that are nobody's and will be nobody's.
prune() {
    for copy in "$programs"/*/; do
        copy=${copy%/}
        [ -d "$copy" ] || continue
        ! cat "$programs"/*.current 2>/dev/null | grep -qF "$(basename "$copy")" || continue
        is_used "$copy" || rm -rf "$copy"
    done
}

# Is program $1 there as it stands in the checkout?
is_ready() {
    is_built "$1" && [ -n "$(copy_of "$1")" ]
}

# Sets $class_path to a copy of program $1 that is as new as its source. The copy is kept while this process lives.
prepare() {
    take_lock
    is_built "$1" || build "$1"
    if [ -z "$(copy_of "$1")" ]; then
        [ -f "$build_tree/jiexu-$1/target/class-path" ] || build "$1"
        copy_program "$1"
    fi
    copy=$(copy_of "$1")
    : >"$copy/users/$$"
    class_path=$(cat "$copy/class-path")
    prune
    give_lock
}

# Is one of the arguments a question for help?
asks_help() {
    for argument in "$@"; do
        case $argument in --help | -h) return 0 ;; esac
    done
    return 1
}
