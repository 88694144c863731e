package crossover.bench.remote;

import crossover.bench.stack.Installation;
import crossover.bench.stack.Postgres;
import crossover.bench.stack.PostgresPrograms;
import crossover.bench.stack.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.Architecture;
import redis.embedded.model.OS;
import redis.embedded.model.OsArchitecture;

/**
 * PostgreSQL and Redis on a host that SSH reaches, beside the server that is measured there: the
 * same programs and settings as here, on that host's loopback interface. They end as every {@link
 * RemoteProcess} does.
 */
public final class RemoteBackends implements AutoCloseable {
  private static final String NAME = "crossover";
  private static final String REDIS = "redis/redis-server";

  private final RemoteProcess postgres;
  private final RemoteProcess redis;
  private final int postgresPort;
  private final int redisPort;

  private RemoteBackends(
      RemoteProcess postgres, RemoteProcess redis, int postgresPort, int redisPort) {
    this.postgres = postgres;
    this.redis = redis;
    this.postgresPort = postgresPort;
    this.redisPort = redisPort;
  }

  /**
   * The programs to bring to a host, by their paths there.
   *
   * @throws StartFailure if there are none for its processor
   */
  public static Map<String, Path> files(RemoteHost host, Installation installation) {
    Map<String, Path> files = new TreeMap<>();
    RemoteFolder.collect(
        PostgresPrograms.unpackedIn(installation.unpacked(), host), "postgresql", files);
    files.put(REDIS, redisProgram(host, installation.unpacked()));
    return files;
  }

  private static Path redisProgram(RemoteHost host, Path unpacked) {
    Architecture architecture =
        host.architecture().equals("aarch64") ? Architecture.aarch64 : Architecture.x86_64;
    String name =
        ExecutableProvider.newProvidedVersionsMap()
            .get(new OsArchitecture(OS.UNIX, architecture))
            .replaceFirst("^/", "");
    Path program = unpacked.resolve(name);
    try (InputStream in = RemoteBackends.class.getResourceAsStream("/" + name)) {
      if (!Files.exists(program)) {
        Path fresh = Files.createTempFile(unpacked, name, "");
        Files.write(fresh, in.readAllBytes());
        fresh.toFile().setExecutable(true, false);
        Files.move(fresh, program);
      }
      return program;
    } catch (IOException e) {
      throw new StartFailure("cannot unpack Redis in " + unpacked, e);
    }
  }

  static RemoteBackends start(Ssh ssh, RemoteFolder folder) {
    Iterator<Integer> ports = RemoteSite.freePorts(ssh, 2).iterator();
    int postgresPort = ports.next();
    int redisPort = ports.next();
    String prefix = prepare(ssh, folder);
    RemoteProcess postgres =
        RemoteProcess.start(
            ssh,
            folder,
            "PostgreSQL",
            "postgres",
            prefix
                + folder.quoted("postgresql/bin/postgres")
                + " -D state/postgres "
                + Postgres.settings(postgresPort).stream()
                    .map(setting -> "-c " + Ssh.quote(setting))
                    .collect(Collectors.joining(" "))
                + " >> state/postgres.log 2>&1 < /dev/null",
            "INT");
    try {
      RemoteProcess redis = startRedis(ssh, folder, redisPort);
      RemoteBackends backends = new RemoteBackends(postgres, redis, postgresPort, redisPort);
      backends.awaitListening(ssh, folder);
      return backends;
    } catch (StartFailure e) {
      postgres.close();
      throw e;
    }
  }

  private static RemoteProcess startRedis(Ssh ssh, RemoteFolder folder, int port) {
    // The host's own, where it has one: it is built for its system.
    String command =
        """
        { program=$(command -v redis-server || command -v valkey-server || echo %s)
        exec "$program" --bind 127.0.0.1 --port %d --save '' --appendonly no --daemonize no \
          --dir %s >> state/redis.log 2>&1 < /dev/null; }"""
            .formatted(folder.quoted(REDIS), port, folder.quoted("state"));
    return RemoteProcess.start(ssh, folder, "Redis", "redis", command, "TERM");
  }

  /** Makes an empty database; returns what its programs have to be begun with. */
  private static String prepare(Ssh ssh, RemoteFolder folder) {
    return ssh.require(
            "prepare PostgreSQL",
            """
        cd %1$s && mkdir -p state && rm -rf state/postgres state/*.log || exit 1
        prefix=
        if [ "$(id -u)" = 0 ]; then
          prefix='unshare -U '
          $prefix true || {
            echo "it does not run as root: log in as another user, or name a running one by --jdbc-url" >&2
            exit 1
          }
        fi
        echo %2$s > state/password
        {
          $prefix postgresql/bin/initdb --pgdata=state/postgres --username=%2$s --encoding=UTF8 \\
            --auth=scram-sha-256 --pwfile=state/password --locale=C --no-sync --no-instructions &&
          echo 'CREATE DATABASE %2$s' |
            $prefix postgresql/bin/postgres --single -D state/postgres -c log_checkpoints=off postgres
        } > state/initdb.log 2>&1 || { tail -n 20 state/initdb.log >&2; exit 1; }
        rm state/password
        echo "$prefix"
        """
                .formatted(Ssh.quote(folder.path()), NAME))
        .stripTrailing()
        .replaceFirst("(?<=.)$", " ");
  }

  private void awaitListening(Ssh ssh, RemoteFolder folder) {
    String script =
        """
        cd %s || exit 1
        tries=600
        while [ $tries -gt 0 ]; do
          waiting=
          for port in %04X %04X; do
            awk -v port=:$port '$4 == "0A" && $2 ~ port "$" {found = 1} END {exit !found}' \\
              /proc/net/tcp || waiting=1
          done
          [ "$waiting" ] || exit 0
          kill -0 %d && kill -0 %d || break
          tries=$((tries - 1))
          sleep 0.1
        done
        tail -n 10 state/postgres.log state/redis.log >&2
        exit 1
        """
            .formatted(
                Ssh.quote(folder.path()), postgresPort, redisPort, postgres.pid(), redis.pid());
    try {
      ssh.require("start PostgreSQL and Redis", script);
    } catch (StartFailure e) {
      redis.close();
      throw e;
    }
  }

  /** The system properties that lead a server on the same host to them. */
  public Map<String, String> settings() {
    return Map.of(
        "crossover.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + NAME,
        "crossover.jdbc.user",
        NAME,
        "crossover.jdbc.password",
        NAME,
        "crossover.redis.url",
        "redis://127.0.0.1:" + redisPort);
  }

  /** Their processes there by name, for CPU accounting. */
  public Map<String, Long> pids() {
    return Map.of("postgres", postgres.pid(), "redis", redis.pid());
  }

  /** Stops both. */
  @Override
  public void close() {
    for (RemoteProcess process : List.of(redis, postgres)) {
      process.close();
    }
  }
}
