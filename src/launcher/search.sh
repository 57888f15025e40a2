# shellcheck shell=sh
# Where Twister looks for a JDK 25 and for a TornadoVM SDK. ./twister, .ci/run and .ci/gpu read this
# file, so it is plain sh, sets variables and prints nothing.

# Whether a folder is a JDK 25, by its release file: starting a JVM to ask takes ten times as long.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'*) return 0 ;;
      JAVA_VERSION=*) return 1 ;;
    esac
  done <"$1/release"
  return 1
}

# Prints the folder of the JDK whose java is on the PATH, if there is one.
jdk_on_path() {
  java=$(command -v java) && java=$(readlink -f "$java" 2>/dev/null) || return 0
  printf '%s\n' "${java%/bin/java}"
}

# Sets jdk; fails where there is none. What JAVA25_HOME names is the only one looked at.
find_jdk() {
  if [ -n "${JAVA25_HOME:-}" ]; then
    jdk=$JAVA25_HOME
    is_jdk_25 "$jdk"
    return
  fi
  jdk=${JAVA_HOME:-}
  is_jdk_25 "$jdk" && return
  for jdk in "$(jdk_on_path)" \
    /usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /opt/*jdk* /opt/*/*jdk* /usr/local/*jdk*; do
    is_jdk_25 "$jdk" && return
  done
  return 1
}

# Prints the command that installs a JDK 25 here.
jdk_command() {
  if command -v brew >/dev/null; then
    echo 'brew install openjdk@25'
  elif [ -n "$(apt-cache --quiet=2 madison openjdk-25-jdk 2>/dev/null)" ]; then
    echo 'sudo apt-get install openjdk-25-jdk'
  elif command -v dnf >/dev/null; then
    echo 'sudo dnf install java-25-openjdk-devel'
  elif command -v pacman >/dev/null; then
    echo 'sudo pacman -S jdk25-openjdk'
  elif command -v zypper >/dev/null; then
    echo 'sudo zypper install java-25-openjdk-devel'
  else
    echo "curl -s https://get.sdkman.io | bash && bash -ic 'sdk install java 25-tem'"
  fi
}

# Sets sdk, the folder of a TornadoVM SDK for JDK 25, and argfile; or sdk to nothing, and no_devices to
# why there is none. What TORNADOVM_HOME names is the only one looked at; `none` does without.
find_sdk() {
  no_devices='there is no TornadoVM SDK; install one (5.2.0 for JDK 25), see docs/devices.md'
  if [ -n "${TORNADOVM_HOME:-}" ]; then
    sdk=$TORNADOVM_HOME
    ! is_sdk "$sdk" || return 0
    no_devices="TORNADOVM_HOME is $sdk, which is not an SDK of TornadoVM 5.2.0 for JDK 25"
    [ "$sdk" != none ] || no_devices='TORNADOVM_HOME is "none", so that no SDK was looked for'
  else
    # An SDK for CUDA is the first choice where there is NVIDIA's driver, and finds no device elsewhere.
    cuda=
    ! has_nvidia_driver || cuda=/opt/tornadovm-cuda
    for sdk in $cuda "${HOME:-}/.sdkman/candidates/tornadovm/current" /opt/tornadovm; do
      ! is_sdk "$sdk" || return 0
      [ ! -d "$sdk" ] \
        || no_devices="the TornadoVM SDK in $sdk is not 5.2.0 for JDK 25, see docs/devices.md"
    done
  fi
  sdk=
}

# Whether NVIDIA's driver is where the loader of libraries looks.
has_nvidia_driver() {
  IFS_before=$IFS
  IFS=:
  # shellcheck disable=SC2086 # folders are separated by colons
  set -- ${LD_LIBRARY_PATH:-}
  IFS=$IFS_before
  for library in "$@" /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/lib/wsl/lib \
    /usr/local/nvidia/lib64 /run/opengl-driver/lib; do
    [ ! -e "$library/libcuda.so.1" ] || return 0
  done
  return 1
}

# Whether a folder is a TornadoVM SDK of the version that the kernels were written for.
is_sdk() {
  find_argfile "$1" && [ -r "$1/etc/tornado.release" ] || return 1
  IFS= read -r line <"$1/etc/tornado.release" || return 1
  [ "$line" = version=5.2.0-jdk25 ]
}

# Sets argfile, the file of an SDK's options for the JVM. As released, an SDK has a template only. What
# is written from that names the SDK's folder: it is of no use where that was moved since, or has spaces,
# at which it would be split.
find_argfile() {
  argfile=$1/tornado-argfile.template
  written=$1/tornado-argfile
  case $1 in
    *' '*) ;;
    *)
      if [ -r "$written" ] && { [ ! -r "$argfile" ] || grep -qF "${1%/}/" "$written"; }; then
        argfile=$written
      fi
      ;;
  esac
  [ -r "$argfile" ]
}
