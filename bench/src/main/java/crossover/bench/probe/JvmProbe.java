package crossover.bench.probe;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The counters of a JVM on this machine, of this user, whatever its version: by the attach API and
 * the local management agent. That listens on every interface (the JDK leaves no choice) and hangs
 * up on whoever does not call from this machine. Figures that cannot be had are NaN.
 */
public final class JvmProbe implements AutoCloseable {
  private static final String REQUESTS = "*:type=GlobalRequestProcessor,*";
  private static final String BACKENDS = "crossover:type=Backends,*";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String TOTAL_ALLOCATED = "TotalThreadAllocatedBytes";

  // No asking now and then whether the server still lives: nothing runs between two samples.
  private static final Map<String, ?> QUIET =
      Map.of("jmx.remote.x.client.connection.check.period", 0L);

  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final Set<ObjectName> collectors;
  private final ObjectName threading;
  private Optional<ObjectName> backends = Optional.empty();
  private String[] backendAttributes = {};
  private final Optional<PinningProbe> pinning;

  private JvmProbe(JMXConnector connector) throws IOException, JMException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.collectors =
        server.queryNames(
            new ObjectName(ManagementFactory.GARBAGE_COLLECTOR_MXBEAN_DOMAIN_TYPE + ",*"), null);
    this.threading = new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME);
    this.pinning = PinningProbe.of(server);
  }

  /**
   * Connects to a JVM.
   *
   * @throws IOException if it refuses, or this Java is no JDK
   */
  @SuppressWarnings("BanJNDI") // the address comes from a JVM of this machine and user
  public static JvmProbe attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return new JvmProbe(JMXConnectorFactory.connect(new JMXServiceURL(address), QUIET));
      } finally {
        machine.detach();
      }
    } catch (Exception | NoClassDefFoundError e) {
      // Not by its name: a JRE has no AttachNotSupportedException, and could not load this class.
      throw new IOException(
          "cannot read the counters of the JVM " + pid + ": " + e.getMessage(), e);
    }
  }

  /**
   * Connects to a JVM of this machine that was started with {@link #managed}.
   *
   * @throws IOException if nothing there speaks JMX
   */
  @SuppressWarnings("BanJNDI") // the address is one of the loopback interface
  public static JvmProbe at(int port) throws IOException {
    String url = "service:jmx:rmi:///jndi/rmi://" + LOOPBACK + ":" + port + "/jmxrmi";
    try {
      return new JvmProbe(JMXConnectorFactory.connect(new JMXServiceURL(url), QUIET));
    } catch (IOException | JMException e) {
      throw new IOException("cannot read the counters of the JVM: " + e.getMessage(), e);
    }
  }

  /**
   * System properties for a JVM whose counters are to be read where no JDK is, but only a JRE that
   * cannot attach: it answers on a port of the loopback interface.
   */
  public static Map<String, String> managed(int port) {
    String prefix = "com.sun.management.jmxremote.";
    return Map.of(
        prefix + "port",
        String.valueOf(port),
        prefix + "rmi.port",
        String.valueOf(port),
        prefix + "host",
        LOOPBACK,
        prefix + "authenticate",
        "false",
        prefix + "ssl",
        "false",
        "java.rmi.server.hostname",
        LOOPBACK);
  }

  Sample.PinnedThreads pinning() {
    return pinning.isPresent() ? pinning.get()::count : Sample.NotCounted.HERE;
  }

  /** Reads everything; NaN for all of it when the JVM has gone. */
  JvmSample sample() {
    try {
      double count = 0;
      double millis = 0;
      for (ObjectName collector : collectors) {
        Map<String, Double> figures = numbers(collector, "CollectionCount", "CollectionTime");
        count += figures.get("CollectionCount");
        millis += figures.get("CollectionTime");
      }
      Map<String, Double> threads =
          numbers(threading, "ThreadCount", "PeakThreadCount", TOTAL_ALLOCATED);
      return new JvmSample(
          threads.containsKey(TOTAL_ALLOCATED) ? threads.get(TOTAL_ALLOCATED) : allocatedByLive(),
          count,
          millis / 1e3,
          threads.get("ThreadCount"),
          threads.get("PeakThreadCount"),
          backends(),
          Instant.now());
    } catch (IOException | JMException e) {
      return JvmSample.none();
    }
  }

  /** Requests that a Tomcat in it has answered; NaN where there is none. */
  double requests() {
    try {
      double requests = Double.NaN;
      for (ObjectName connector : server.queryNames(new ObjectName(REQUESTS), null)) {
        double more = numbers(connector, "requestCount").getOrDefault("requestCount", Double.NaN);
        requests = Double.isNaN(requests) ? more : requests + more;
      }
      return requests;
    } catch (IOException | JMException e) {
      return Double.NaN;
    }
  }

  // One round trip for all of an MBean's figures; those that it does not have are left out.
  private Map<String, Double> numbers(ObjectName name, String... attributes)
      throws IOException, JMException {
    Map<String, Double> numbers = new HashMap<>();
    for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
      if (attribute.getValue() instanceof Number number) {
        numbers.put(attribute.getName(), number.doubleValue());
      }
    }
    return numbers;
  }

  // Before 21 no JVM tells the bytes of threads that have ended: the sum of those that live.
  private double allocatedByLive() throws IOException, JMException {
    long[] ids = (long[]) server.getAttribute(threading, "AllThreadIds");
    long[] bytes =
        (long[])
            server.invoke(
                threading,
                "getThreadAllocatedBytes",
                new Object[] {ids},
                new String[] {long[].class.getName()});
    return Arrays.stream(bytes).filter(thread -> thread > 0).sum();
  }

  private Map<String, Double> backends() throws IOException, JMException {
    if (backends.isEmpty()) {
      backends = server.queryNames(new ObjectName(BACKENDS), null).stream().findFirst();
      if (backends.isEmpty()) {
        return Map.of();
      }
      backendAttributes =
          Arrays.stream(server.getMBeanInfo(backends.get()).getAttributes())
              .map(MBeanAttributeInfo::getName)
              .toArray(String[]::new);
    }
    return numbers(backends.get(), backendAttributes);
  }

  @Override
  public void close() {
    try {
      if (pinning.isPresent()) {
        pinning.get().close();
      }
      connector.close();
    } catch (IOException e) {
      // the JVM has ended first: there is nothing left to disconnect from
    }
  }
}
