package crossover.bench.remote;

import static crossover.bench.text.Text.format;

import crossover.bench.remote.RemoteHost.Services;
import crossover.bench.stack.StartFailure;
import crossover.bench.text.Secrets;
import java.nio.file.Path;

/** A deployed server as something to start and stop: by systemd where there is one. */
@SuppressWarnings("InlineFormatString") // a unit file or a script is read better by itself
final class RemoteService {
  static final String ARGUMENTS = "arguments";
  static final String UNIT = "unit";

  private final Ssh ssh;
  private final RemoteFolder folder;
  private final Services services;

  /** Variables for the scripts below; {@code ctl} is empty where there is no systemd. */
  private final String preamble;

  RemoteService(Ssh ssh, RemoteFolder folder, Services services) {
    this.ssh = ssh;
    this.folder = folder;
    this.services = services;
    this.preamble =
        format(
            """
        folder=%s
        unit=%s.service
        %s
        """,
            Ssh.quote(folder.path()),
            Ssh.quote(Path.of(folder.path()).getFileName().toString()),
            switch (services) {
              case SYSTEM -> "ctl=systemctl; units=/etc/systemd/system";
              case USER -> "ctl='systemctl --user'; units=$HOME/.config/systemd/user";
              case NONE -> "ctl=; units=";
            });
  }

  /** The systemd unit; also there, unused, where there is no systemd. */
  String unit(String java) {
    return format(
        """
    [Unit]
    Description=Crossover's web application
    After=network-online.target
    Wants=network-online.target

    [Service]
    WorkingDirectory=%s/base
    ExecStart=%s @%s/%s
    SuccessExitStatus=143
    Restart=on-failure
    LimitNOFILE=16384

    [Install]
    WantedBy=%s
    """,
        folder.path(),
        java,
        folder.path(),
        ARGUMENTS,
        services == Services.SYSTEM ? "multi-user.target" : "default.target");
  }

  boolean running() {
    return ssh.run(
                preamble
                    + """
                    if [ "$ctl" ]; then $ctl is-active --quiet "$unit"; exit; fi
                    pid=$(cat "$folder/state/pid" 2>/dev/null) || exit 1
                    tr '\\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -qF "@$folder/arguments"
                    """)
            .status()
        == 0;
  }

  void start(String java) {
    ssh.require(
        "start the server",
        preamble
            + format(
                """
            cd "$folder/base" || exit 1
            rm -rf webapps/ROOT work
            mkdir -p work logs temp webapps ../state
            if [ "$ctl" ]; then
              mkdir -p "$units" && cp ../unit "$units/$unit" && $ctl daemon-reload || exit 1
              $ctl enable --quiet "$unit"
              if [ "$ctl" != systemctl ] \\
                  && [ "$(loginctl show-user "$(id -un)" -p Linger --value)" = no ]; then
                loginctl enable-linger && : > ../state/linger
              fi
              $ctl restart "$unit"
              exit
            fi
            session=
            command -v setsid > /dev/null && session=setsid
            nohup $session %s "@$folder/arguments" >> logs/console.log 2>&1 < /dev/null &
            echo $! > ../state/pid
            """,
                Ssh.quote(java)));
  }

  void stop() {
    ssh.require(
        "stop the server",
        preamble
            + """
            if [ "$ctl" ]; then
              [ ! -e "$units/$unit" ] || $ctl stop "$unit"
              exit
            fi
            pid=$(cat "$folder/state/pid" 2>/dev/null) || exit 0
            tr '\\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null | grep -qF "@$folder/arguments" || exit 0
            kill "$pid"
            tries=100
            while [ $tries -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
              tries=$((tries - 1))
              sleep 0.1
            done
            kill -9 "$pid" 2>/dev/null
            rm -f "$folder/state/pid"
            """);
  }

  /**
   * Checks that nobody listens on a port there.
   *
   * @throws StartFailure if somebody does
   */
  void requireFree(int port) {
    // The kernel's own table, since tools for it are not everywhere: state 0A is LISTEN.
    String script =
        "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null"
            + " | awk -v port=:%04X '$4 == \"0A\" && $2 ~ port \"$\" {taken = 1} END {exit taken}'";
    if (ssh.run(format(script, port)).status() != 0) {
      throw new StartFailure(
          format(
              "%s: port %d is taken there: stop what uses it, or name another port",
              ssh.destination(), port));
    }
  }

  /** The last lines of what the JVM and Tomcat logged, for messages. */
  String lastLines() {
    String said =
        ssh.run(format("cd %s && tail -n 20 *.log", folder.quoted("base/logs"))).out().strip();
    String lines = "; the last lines of its log:\n" + Secrets.masked(said);
    return said.isEmpty() ? "; its log is empty" : lines;
  }

  /** Stops it, and takes it from systemd again. */
  void remove() {
    stop();
    ssh.require(
        "remove the service",
        preamble
            + """
            [ "$ctl" ] || exit 0
            $ctl disable --quiet "$unit" 2>/dev/null
            rm -f "$units/$unit"
            $ctl daemon-reload
            [ ! -e "$folder/state/linger" ] || loginctl disable-linger
            """);
  }
}
