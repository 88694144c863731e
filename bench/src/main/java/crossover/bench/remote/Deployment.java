package crossover.bench.remote;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.stack.Await;
import crossover.bench.stack.HttpAnswer;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TempDirectory;
import crossover.bench.stack.Tomcat;
import crossover.bench.stack.TomcatArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tomcat with the application on a host that SSH reaches, there to stay: as a systemd service where
 * there is systemd, else started directly. Everything is in one folder; {@link #undeploy} leaves
 * nothing.
 *
 * @param host what the host is and has
 * @param url where the application answers
 * @param sent the files that were missing or different there, by their path in the folder
 * @param restarted whether the server was started anew; not so if nothing had changed
 */
public record Deployment(RemoteHost host, URI url, List<String> sent, boolean restarted) {
  /** The folder, below the home folder, and the name of the service. */
  public static final String FOLDER = "crossover-server";

  /**
   * What to deploy.
   *
   * @param tomcat an unpacked Tomcat
   * @param conf the CATALINA_BASE to start from
   * @param jvmOptions of its JVM
   * @param settings system properties of Tomcat's configuration and of the application
   * @param folder absolute, or below the home folder; usually {@link #FOLDER}
   * @param ready the path that tells that it is up: by 200 of {@code /health}, by any answer but a
   *     server's error elsewhere
   */
  public record Spec(
      Path tomcat,
      Path conf,
      Path war,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port,
      String folder,
      String ready) {}

  /**
   * Brings the host to what the specification says, and waits until it is ready.
   *
   * @throws StartFailure with what is wrong there, and what to do; a second call goes on
   */
  public static Deployment deploy(Ssh ssh, Spec spec) {
    RemoteHost host = RemoteHost.inspect(ssh, spec.folder());
    RemoteHost.Java java = host.java(AgentHost.OLDEST_JAVA);
    RemoteFolder folder = new RemoteFolder(ssh, host.folder());
    RemoteService service = new RemoteService(ssh, folder, host.services());
    Map<String, Path> files = files(spec);
    Path generated = null;
    try {
      generated = Files.createTempDirectory("crossover-deploy-");
      files.put(
          RemoteService.ARGUMENTS,
          Files.writeString(
              generated.resolve("arguments"), arguments(spec, host.folder(), java), UTF_8));
      files.put(
          RemoteService.UNIT,
          Files.writeString(generated.resolve("unit"), service.unit(java.path()), UTF_8));
      List<String> changed = folder.changed(files);
      boolean restart = !changed.isEmpty() || !service.running();
      if (restart) {
        if (folder.exists()) {
          service.stop();
        }
        service.requireFree(spec.port());
        folder.send(files, changed, host.freeBytes());
        service.start(java.path());
      }
      URI url = URI.create("http://" + ssh.hostname() + ":" + spec.port() + "/");
      awaitReady(ssh, spec, url.resolve(spec.ready()), service);
      return new Deployment(host, url, changed, restart);
    } catch (IOException e) {
      throw new StartFailure("cannot prepare the deployment to " + ssh.destination(), e);
    } finally {
      if (generated != null) {
        TempDirectory.delete(generated);
      }
    }
  }

  private static void awaitReady(Ssh ssh, Spec spec, URI address, RemoteService service) {
    AtomicReference<String> last = new AtomicReference<>("no answer");
    boolean ready =
        Await.until(
            () -> {
              try {
                HttpAnswer answer = HttpAnswer.get(address);
                last.set(answer.toString());
                boolean all = spec.ready().equals("/health");
                return all ? answer.status() == 200 : answer.status() < 500;
              } catch (IOException e) {
                last.set(String.valueOf(e.getMessage()));
                if (!service.running()) {
                  throw new StartFailure(
                      ssh.destination()
                          + ": Tomcat ended while it was starting"
                          + service.lastLines());
                }
                return false;
              }
            },
            Duration.ofMillis(200),
            Tomcat.START_LIMIT);
    if (!ready) {
      throw new StartFailure(
          format(
              "%s: not ready after %d s: GET %s gave %s%s",
              ssh.destination(),
              Tomcat.START_LIMIT.toSeconds(),
              address,
              last,
              service.lastLines()));
    }
  }

  private static String arguments(Spec spec, String folder, RemoteHost.Java java) {
    Map<String, String> settings = new TreeMap<>(spec.settings());
    settings.putIfAbsent("crossover.http.address", "0.0.0.0");
    Path there = Path.of(folder);
    List<String> all = new ArrayList<>(TomcatArguments.options(spec.jvmOptions(), java.version()));
    all.addAll(
        TomcatArguments.program(
            there.resolve("tomcat"), there.resolve("base"), settings, spec.port()));
    return TomcatArguments.file(all);
  }

  /** What is to be there, by its path in the folder, but for the service's own files. */
  static Map<String, Path> files(Spec spec) {
    if (!Files.isRegularFile(spec.war())) {
      throw new StartFailure("no WAR at " + spec.war().toAbsolutePath());
    }
    Map<String, Path> files = new TreeMap<>();
    RemoteFolder.collectTomcat(spec.tomcat(), "tomcat", files);
    RemoteFolder.collect(spec.conf(), "base", files);
    files.put("base/webapps/ROOT.war", spec.war());
    return files;
  }

  /**
   * Stops the server and removes everything that was deployed.
   *
   * @return false if nothing was there
   */
  public static boolean undeploy(Ssh ssh, String folder) {
    RemoteHost host = RemoteHost.inspect(ssh, folder);
    RemoteFolder there = new RemoteFolder(ssh, host.folder());
    if (!there.exists()) {
      return false;
    }
    new RemoteService(ssh, there, host.services()).remove();
    there.remove();
    return true;
  }
}
