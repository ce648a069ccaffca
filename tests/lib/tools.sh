# Sourced by tests/run and tests/long: the settings of every command below, and the two tools this repository asks for.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_UI_LANGUAGE=en NUGET_XMLDOC_MODE=skip
# No build server stays behind: it would hold our output open after the last line.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

configuration=Release
framework=net10.0

# Says what is missing and how to get it; fails if something is.
require_tools() {
    local missing=0
    if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        echo "The .NET 10 SDK is missing (https://dotnet.microsoft.com/download/dotnet/10.0)." >&2
        missing=1
    fi
    if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; then
        echo "Node 20 or later is missing (https://nodejs.org/en/download)." >&2
        missing=1
    fi
    return $missing
}

# Brings what the tests start beside our own programs to a machine that lacks it, where it is Debian and ours to change. Elsewhere the tests
# that need one are skipped, and say so.
install_programs() {
    local missing=()
    [ -x /usr/bin/chromium ] || missing+=(chromium)
    [ -x /usr/bin/firefox-esr ] || missing+=(firefox-esr)
    command -v parallel >/dev/null || missing+=(parallel)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    [ ${#missing[@]} = 0 ] && return
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "   not here: ${missing[*]}"
        return
    fi
    export DEBIAN_FRONTEND=noninteractive
    # Its programs are wanted, no database of the machine's own.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/provenance.conf
    { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } >/dev/null ||
        echo "   could not be installed: ${missing[*]}"
}

# Names of the test projects, one a line: folders under tests/ whose project says it is one.
test_projects() {
    grep -l '<IsTestProject>true</IsTestProject>' tests/*/*.csproj | xargs -n 1 dirname | xargs -n 1 basename
}

# The built test program of a project.
test_program() {
    echo "tests/$1/bin/$configuration/$framework/$1.dll"
}

# Ends a command after so many seconds, where the machine can.
within() {
    if command -v timeout >/dev/null; then timeout --kill-after=10 "$@"; else shift; "$@"; fi
}
