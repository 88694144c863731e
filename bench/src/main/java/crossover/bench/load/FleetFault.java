package crossover.bench.load;

import java.io.FileNotFoundException;
import java.io.InvalidClassException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.apache.jmeter.util.JMeterUtils;

/** What to do about a {@code jmeter-server} that answers, but cannot be used. */
final class FleetFault {
  static final String COPY_JAR =
      "copy target/crossover-jmeter-plugin-"
          + SliceSampler.version().replaceFirst("[+].*", "")
          + ".jar into lib/ext of its JMeter, and restart it";

  private FleetFault() {}

  /** JMeter's key store on this machine. */
  static Path keyStore() {
    return Path.of(JMeterUtils.getPropDefault("server.rmi.ssl.keystore.file", "rmi_keystore.jks"));
  }

  /** The rest of a sentence that begins with the server's name. */
  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClassNotFoundException) {
        return "has no plug-in of Crossover's: " + COPY_JAR;
      } else if (cause instanceof InvalidClassException) {
        return "has another JMeter than " + JMeterUtils.getJMeterVersion() + ": install that one";
      } else if (cause instanceof FileNotFoundException) {
        return "has its key store at a place that this machine has not: " + cause.getMessage();
      } else if (cause instanceof SSLException) {
        return "has another key store than this machine, or no SSL ("
            + cause.getMessage()
            + "): copy "
            + keyStore().toAbsolutePath()
            + " into its bin folder, leave server.rmi.ssl.disable out of its properties, and"
            + " restart it";
      } else if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return "names itself by an address that cannot be reached from here ("
            + cause.getMessage()
            + "): restart it with -Djava.rmi.server.hostname=… and with server.rmi.localport set"
            + " to a port that the firewall lets pass";
      }
    }
    return "does not answer as a jmeter-server does: " + failure.getMessage();
  }
}
