# shellcheck shell=bash
# Finds a JDK 25 or later. To be sourced by bash (3.2 or later); shared by ./tminus, ./mvnw and ./test.
#
# Afterwards `find_jdk` has set JAVA_HOME, or has said in one sentence what to install and returned 2.
# It is on the hot path of every ./tminus, so it reads the `release` file of each candidate instead of
# starting its java, and starts no other program unless the `java` on the PATH is a symbolic link.

# Where JDKs are installed, after JAVA_HOME and the PATH were asked: packages, macOS (the folders that
# /usr/libexec/java_home reads), Homebrew, SDKMAN, IntelliJ and Gradle, mise, asdf.
jdk_places=(
  /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*
  /Library/Java/JavaVirtualMachines/*/Contents/Home
  "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec
  "${HOME:-}"/.sdkman/candidates/java/*
  "${HOME:-}"/.jdks/*
  "${HOME:-}"/.gradle/jdks/*
  "${HOME:-}"/.local/share/mise/installs/java/*
  "${HOME:-}"/.asdf/installs/java/*
)

# Whether folder $1 holds a JDK (not only a runtime) of feature version 25 or later.
# Sets jdk_version to the full version, such as 25.0.3+9-LTS.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  local key value feature=0
  jdk_version=
  while IFS='=' read -r key value; do
    value=${value%$'\r'} value=${value#\"} value=${value%\"}
    case $key in
      JAVA_VERSION) feature=${value%%[!0-9]*} jdk_version=${jdk_version:-$value} ;;
      JAVA_RUNTIME_VERSION) jdk_version=$value ;;
    esac
  done <"$1/release"
  [ "${feature:-0}" -ge 25 ]
}

# Sets JAVA_HOME and jdk_version to the first JDK that fits; otherwise says what to install and returns 2.
find_jdk() {
  local java home
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
    return 0
  fi
  if java=$(type -P java); then
    while [ -L "$java" ]; do
      home=$(readlink "$java")
      case $home in
        /*) java=$home ;;
        *) java=${java%/*}/$home ;;
      esac
    done
    home=${java%/bin/java}
    if is_jdk "$home"; then
      JAVA_HOME=$home
      return 0
    fi
  fi
  for home in ${jdk_places[@]+"${jdk_places[@]}"}; do
    if is_jdk "$home"; then
      JAVA_HOME=$home
      return 0
    fi
  done
  echo "Tminus needs a JDK 25 or later and found none: install one (Eclipse Temurin 25, for example) or set JAVA_HOME to its folder." >&2
  return 2
}
