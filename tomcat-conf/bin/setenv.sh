#!/bin/sh
# Options of Tomcat's JVM, each with its reason. Read by catalina.sh; what the environment holds already is kept.

# A fixed heap: no time goes into growing it, and two servers that are compared have the same.
CATALINA_OPTS="${CATALINA_OPTS} -Xms128m -Xmx128m"

# One thread collects: on two cores a parallel collector would compete with the requests.
CATALINA_OPTS="${CATALINA_OPTS} -XX:+UseSerialGC"

# Stop rather than crawl when memory has run out; the service is started again.
CATALINA_OPTS="${CATALINA_OPTS} -XX:+ExitOnOutOfMemoryError"

# Netty and the JDK's own file access use native methods, which newer JDKs ask to be allowed.
java_major=$("${JAVA_HOME:+${JAVA_HOME}/bin/}java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
if [ "${java_major:-0}" -ge 22 ]; then
  CATALINA_OPTS="${CATALINA_OPTS} --enable-native-access=ALL-UNNAMED"
fi

# The server's own settings (address, port, threads) and the WAR's may follow as -Dcrossover.…; see conf/server.xml.
export CATALINA_OPTS
