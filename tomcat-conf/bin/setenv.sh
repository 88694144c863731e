#!/bin/sh
# Read by catalina.sh; what the environment holds already is kept.

# The options and their reasons stand in a file of their own, which Java reads itself.
CATALINA_OPTS="${CATALINA_OPTS} @\"${CATALINA_BASE}/bin/jvm.options\""

# Netty and the JDK's own file access use native methods, which newer JDKs ask to be allowed.
java_major=$("${JAVA_HOME:+${JAVA_HOME}/bin/}java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
if [ "${java_major:-0}" -ge 22 ]; then
  CATALINA_OPTS="${CATALINA_OPTS} --enable-native-access=ALL-UNNAMED"
fi

# The server's own settings (address, port, threads) and the WAR's may follow as -Dcrossover.…; see conf/server.xml.
export CATALINA_OPTS
