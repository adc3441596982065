# Sourced by ./mvnw and ./staunch: sets JAVA_HOME to a JDK of version 25, or says in one line how to get one.
# Looks at JAVA_HOME, the java on the PATH, /usr/lib/jvm, SDKMAN and macOS's folder, in this order.

staunch_is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

staunch_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && staunch_is_jdk_25 "$JAVA_HOME"; then
    return 0
  fi
  on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/java}
  for jdk in "${on_path:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/25* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$jdk" ] && staunch_is_jdk_25 "$jdk"; then
      export JAVA_HOME="$jdk"
      return 0
    fi
  done
  echo "staunch: expected a JDK 25, found none in JAVA_HOME, on the PATH, in /usr/lib/jvm or SDKMAN; install one" \
    "(for example the package temurin-25-jdk) or set JAVA_HOME" >&2
  return 2
}
