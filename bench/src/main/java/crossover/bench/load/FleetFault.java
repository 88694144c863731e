package crossover.bench.load;

import static crossover.bench.text.Text.format;

import java.io.FileNotFoundException;
import java.io.InvalidClassException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.rmi.ConnectIOException;
import javax.net.ssl.SSLException;
import org.apache.commons.lang3.exception.ExceptionUtils;
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

  /** Of a server that connects to this machine before it answers, and does not answer. */
  static String silence() {
    return format(
        "cannot reach this machine at %s: set client.rmi.localport in --remote-properties, let the"
            + " firewall pass the port after it, or set %s there, too; or it hangs: restart it",
        System.getProperty(Fleet.OWN_ADDRESS), Fleet.OWN_ADDRESS);
  }

  /** The rest of a sentence that begins with the server's name. */
  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClassNotFoundException) {
        return "has no plug-in of Crossover's: " + COPY_JAR;
      } else if (cause instanceof UnsupportedClassVersionError) {
        return "runs on a Java older than 17: start it on 17 or a later one";
      } else if (cause instanceof InvalidClassException) {
        return "has another JMeter than " + JMeterUtils.getJMeterVersion() + ": install that one";
      } else if (cause instanceof FileNotFoundException) {
        return "has its key store at a place that this machine has not: " + cause.getMessage();
      } else if (cause instanceof SSLException) {
        return format(
            "has another key store than this machine, or no SSL (%s): copy %s into its bin folder,"
                + " leave server.rmi.ssl.disable out of its properties, and restart it",
            cause.getMessage(), keyStore().toAbsolutePath());
      } else if (cause instanceof SocketTimeoutException) {
        return failure instanceof ConnectIOException // it need not connect to this machine yet
            ? "takes connections and does not answer: it hangs; restart it"
            : silence();
      } else if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return "names itself by an address that cannot be reached from here ("
            + cause.getMessage()
            + "): restart it with -Djava.rmi.server.hostname=… and with server.rmi.localport set"
            + " to a port that the firewall lets pass";
      }
    }
    return "answers unlike a jmeter-server: " + ExceptionUtils.getRootCauseMessage(failure);
  }
}
