package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.stack.Await;
import crossover.bench.stack.HttpAnswer;
import crossover.bench.stack.LastingAnswer;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TempDirectory;
import crossover.bench.stack.Tomcat;
import crossover.bench.stack.TomcatArguments;
import crossover.bench.stack.Wars;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

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
   * @param ready the path that tells that it is up, by a status from 200 to {@code highestReady}
   * @param startLimit how long that may take; without it, what {@link LastingAnswer} says, and five
   *     minutes at the most
   */
  public record Spec(
      Path tomcat,
      Path conf,
      Path war,
      List<String> jvmOptions,
      Map<String, String> settings,
      int port,
      String folder,
      String ready,
      int highestReady,
      Optional<Duration> startLimit) {}

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
    Path generated = null;
    try {
      generated = Files.createTempDirectory("crossover-deploy-");
      Map<String, Path> files = files(spec);
      files.put("base/webapps/ROOT.war", Wars.forJakarta(spec.war(), generated.resolve("war")));
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
    String hint = "let a firewall there pass port " + spec.port();
    LastingAnswer lasting = new LastingAnswer(hint, spec.startLimit().isPresent());
    AtomicBoolean ready = new AtomicBoolean();
    long start = System.nanoTime();
    Await.until(
        () -> {
          long now = System.nanoTime();
          try {
            HttpAnswer answer = HttpAnswer.get(address);
            lasting.take(answer, now);
            ready.set(answer.isReady(spec.highestReady()));
          } catch (IOException e) {
            lasting.take(e, now);
            if (!service.running()) {
              String ended = ": Tomcat ended while it was starting";
              throw new StartFailure(ssh.destination() + ended + service.lastLines());
            }
          }
          // Its CPU time is not asked for: how old an answer is stands for how long it is idle. It
          // lives on in any case, and the next deployment waits for it anew.
          return ready.get() || lasting.isFinal(lasting.lasting(now), now);
        },
        Duration.ofMillis(200),
        spec.startLimit().orElse(Tomcat.START_LIMIT));
    if (!ready.get()) {
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      String after = ": not ready after " + seconds + " s: GET " + address + " gave ";
      throw new StartFailure(ssh.destination() + after + lasting.advised() + service.lastLines());
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
    Map<String, Path> files = new TreeMap<>();
    RemoteFolder.collectTomcat(spec.tomcat(), "tomcat", files);
    RemoteFolder.collect(spec.conf(), "base", files);
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
