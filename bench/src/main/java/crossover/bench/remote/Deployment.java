package crossover.bench.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.PiProfile;
import crossover.bench.stack.StartFailure;
import crossover.bench.stack.TempDirectory;
import crossover.bench.stack.Tomcat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

  private static final int OLDEST_JAVA = 17;

  /**
   * What to deploy.
   *
   * @param tomcat an unpacked Tomcat
   * @param conf the CATALINA_BASE to start from
   * @param jvmOptions such as {@link PiProfile#JVM_OPTIONS}
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
    RemoteHost.Java java = host.java(OLDEST_JAVA);
    RemoteFolder folder = new RemoteFolder(ssh, host.folder());
    RemoteService service = new RemoteService(ssh, folder, host.services());
    Map<String, Path> files = RemoteSite.files(spec.tomcat(), spec.conf(), spec.war());
    Path generated = null;
    try {
      generated = Files.createTempDirectory("crossover-deploy-");
      String arguments =
          RemoteTomcat.arguments(
              host.folder(), java.version(), spec.jvmOptions(), spec.settings(), spec.port());
      files.put(
          RemoteService.ARGUMENTS,
          Files.writeString(generated.resolve("arguments"), arguments + "\n", UTF_8));
      files.put(
          RemoteService.UNIT,
          Files.writeString(generated.resolve("unit"), service.unit(java.path()), UTF_8));
      return bring(ssh, spec, host, folder, service, files, java);
    } catch (IOException e) {
      throw new StartFailure("cannot prepare the deployment to " + ssh.destination(), e);
    } finally {
      if (generated != null) {
        TempDirectory.delete(generated);
      }
    }
  }

  private static Deployment bring(
      Ssh ssh,
      Spec spec,
      RemoteHost host,
      RemoteFolder folder,
      RemoteService service,
      Map<String, Path> files,
      RemoteHost.Java java) {
    List<String> changed = folder.changed(files);
    boolean restart = !changed.isEmpty() || !service.running();
    if (restart) {
      if (folder.exists()) {
        service.stop();
      }
      RemoteTomcat.requireFree(ssh, spec.port());
      folder.send(files, changed, host.freeBytes());
      service.start(java.path());
    }
    URI url = URI.create("http://" + ssh.hostname() + ":" + spec.port() + "/");
    RemoteTomcat.await(
        ssh,
        url.resolve(spec.ready()),
        status -> spec.ready().equals("/health") ? status == 200 : status < 500,
        Tomcat.START_LIMIT,
        service::running,
        () -> RemoteTomcat.lastLines(ssh, folder));
    return new Deployment(host, url, changed, restart);
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
