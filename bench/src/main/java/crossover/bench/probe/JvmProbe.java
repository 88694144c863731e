package crossover.bench.probe;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The counters of a JVM on this machine, of this user, whatever its version: by the attach API and
 * the local management agent, which opens nothing to the network. Figures that cannot be had are
 * NaN.
 */
public final class JvmProbe implements AutoCloseable {
  private static final String BACKENDS = "crossover:type=Backends,*";

  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final Set<ObjectName> collectors;
  private final ObjectName memory;
  private final ObjectName threading;
  private Optional<ObjectName> backends = Optional.empty();
  private String[] backendAttributes = {};

  private JvmProbe(JMXConnector connector) throws IOException, JMException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.collectors =
        server.queryNames(
            new ObjectName(ManagementFactory.GARBAGE_COLLECTOR_MXBEAN_DOMAIN_TYPE + ",*"), null);
    this.memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
    this.threading = new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME);
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
        return new JvmProbe(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException | JMException | NoClassDefFoundError e) {
      throw new IOException(
          "cannot read the counters of the JVM " + pid + ": " + e.getMessage(), e);
    }
  }

  /** Reads everything; NaN for all of it when the JVM has gone. */
  JvmSample sample() {
    try {
      double allocated = allocated();
      double count = 0;
      double millis = 0;
      for (ObjectName collector : collectors) {
        count += number(collector, "CollectionCount");
        millis += number(collector, "CollectionTime");
      }
      return new JvmSample(
          allocated,
          count,
          millis / 1e3,
          ((Number) ((CompositeData) server.getAttribute(memory, "HeapMemoryUsage")).get("used"))
              .doubleValue(),
          number(threading, "ThreadCount"),
          number(threading, "PeakThreadCount"),
          backends());
    } catch (IOException | JMException e) {
      return JvmSample.none();
    }
  }

  private double number(ObjectName name, String attribute) throws IOException, JMException {
    return ((Number) server.getAttribute(name, attribute)).doubleValue();
  }

  // Since 21 one attribute that also counts threads that have ended; before, the live ones' sum.
  private double allocated() throws IOException, JMException {
    try {
      return number(threading, "TotalThreadAllocatedBytes");
    } catch (javax.management.AttributeNotFoundException e) {
      long[] ids = (long[]) server.getAttribute(threading, "AllThreadIds");
      long[] bytes =
          (long[])
              server.invoke(
                  threading,
                  "getThreadAllocatedBytes",
                  new Object[] {ids},
                  new String[] {long[].class.getName()});
      double sum = 0;
      for (long threads : bytes) {
        sum += Math.max(0, threads);
      }
      return sum;
    }
  }

  private Map<String, Double> backends() throws IOException, JMException {
    if (backends.isEmpty()) {
      findBackends();
    }
    if (backends.isEmpty()) {
      return Map.of();
    }
    Map<String, Double> values = new HashMap<>();
    for (Attribute attribute : server.getAttributes(backends.get(), backendAttributes).asList()) {
      if (attribute.getValue() instanceof Number number) {
        values.put(attribute.getName(), number.doubleValue());
      }
    }
    return values;
  }

  private void findBackends() throws IOException, JMException {
    backends = server.queryNames(new ObjectName(BACKENDS), null).stream().findFirst();
    if (backends.isPresent()) {
      MBeanAttributeInfo[] attributes = server.getMBeanInfo(backends.get()).getAttributes();
      backendAttributes =
          Arrays.stream(attributes).map(MBeanAttributeInfo::getName).toArray(String[]::new);
    }
  }

  /** Disconnects; the JVM goes on. */
  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // the JVM has ended first: there is nothing left to disconnect from
    }
  }
}
