package crossover.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.probe.Machine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.Entry;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.property.ObjectProperty;
import org.apache.jmeter.util.JMeterUtils;

/**
 * Runs one slice inside a stock {@code jmeter-server}, and returns it as one sample at its end.
 * Without an order it says what it is. Of all classes of the plug-in this one alone meets those of
 * another version, so what is in it are texts and bytes.
 */
public final class SliceSampler extends AbstractSampler {
  private static final long serialVersionUID = 1;

  private static final String ORDER = "crossover.order";
  private static final String CLIENT = "crossover.client";

  /**
   * A slice to run.
   *
   * @param files what the plan needs and the engine does not have yet, by name in its folder
   */
  record Order(Traffic traffic, TreeMap<String, byte[]> files) implements Serializable {}

  /**
   * What came of it.
   *
   * @param waitedNanos from the call to {@link LoadClient#connected} to its return
   */
  record Outcome(Slice slice, long waitedNanos) implements Serializable {}

  /** For JMeter. */
  public SliceSampler() {}

  /** {@code order} is null to ask what it is; {@code client} may be a stub, or becomes one. */
  SliceSampler(String engine, LoadClient client, Order order) throws IOException {
    setName(engine);
    setProperty(new ObjectProperty(CLIENT, client));
    if (order != null) {
      setProperty(new ObjectProperty(ORDER, bytes(order)));
    }
  }

  /** The version of the plug-in, with a digest of its classes; "unknown" before it is packed. */
  static String version() {
    try (InputStream in = SliceSampler.class.getResourceAsStream("plugin.version")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SampleResult sample(Entry unused) {
    SampleResult sample = new SampleResult();
    sample.setSampleLabel(getName());
    sample.sampleStart();
    LoadClient client = (LoadClient) getProperty(CLIENT).getObjectValue();
    try {
      byte[] order = (byte[]) getProperty(ORDER).getObjectValue();
      sample.setResponseData(order == null ? self() : bytes(run((Order) object(order), client)));
      sample.setSuccessful(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sample.setResponseMessage("it was stopped");
    } catch (Throwable e) { // the runner has to hear of everything
      sample.setResponseMessage(e instanceof IOException ? e.getMessage() : e.toString());
    }
    sample.sampleEnd();
    try {
      client.ended(getName(), sample);
    } catch (RemoteException e) {
      throw new UncheckedIOException(e); // into JMeter's log: the runner is gone
    }
    return sample;
  }

  /** Lines of {@code name=value}, which every version understands. */
  private static byte[] self() throws IOException {
    String text =
        String.join(
            "\n",
            "plugin=" + version(),
            "jmeter=" + JMeterUtils.getJMeterVersion(),
            "loopback=" + loopback(),
            "machine=" + Base64.getEncoder().encodeToString(bytes(Machine.here())),
            "folder=" + PlanFolder.get().toString().replace('\\', '/'));
    return text.getBytes(UTF_8);
  }

  /** What tells this loopback interface from all others; empty where the system does not tell. */
  static String loopback() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    } catch (IOException e) {
      return "";
    }
  }

  private Outcome run(Order order, LoadClient client) throws IOException, InterruptedException {
    for (Map.Entry<String, byte[]> file : order.files().entrySet()) {
      PlanFolder.add(file.getKey(), file.getValue());
    }
    PlanErrors.hear();
    Start start = new Start(getName(), client);
    Traffic traffic = order.traffic();
    if (!traffic.alone()) {
      return new Outcome(new Run(traffic).run(start), start.waited);
    }
    try (Responder responder = Responder.start()) {
      Traffic own = traffic.to(Responder.ADDRESS, responder.port());
      return new Outcome(new Run(own, responder::cpuSeconds).run(start), start.waited);
    }
  }

  private static final class Start implements Window {
    private final String engine;
    private final LoadClient client;
    private long waited;

    Start(String engine, LoadClient client) {
      this.engine = engine;
      this.client = client;
    }

    @Override
    public double connected(double leadIn) throws IOException {
      long asked = System.nanoTime();
      double granted = client.connected(engine, leadIn);
      waited = System.nanoTime() - asked;
      return granted;
    }
  }

  static byte[] bytes(Serializable object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static Object object(byte[] bytes) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // the versions are the same
    }
  }
}
