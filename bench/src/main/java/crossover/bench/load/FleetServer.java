package crossover.bench.load;

import static crossover.bench.text.Text.format;
import static java.nio.charset.StandardCharsets.UTF_8;

import crossover.bench.experiment.Host;
import crossover.bench.probe.Machine;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.rmi.NotBoundException;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.engine.JMeterEngineException;
import org.apache.jmeter.engine.RemoteJMeterEngine;
import org.apache.jmeter.rmi.RmiUtils;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;

/** A stock {@code jmeter-server} with the plug-in, as JMeter's own client sees it. */
final class FleetServer {
  private static final String ENGINE = "JMeterEngine";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int BUSY_TRIES = 200;
  private static final int BUSY_MILLIS = 50;

  private final String name;
  private final Registry registry;
  private final RemoteJMeterEngine engine;

  /** The files that it surely has, and will have once its present slice has run. */
  private final Set<String> there = new HashSet<>();

  private Set<String> needed = Set.of();
  private Machine machine;
  private String folder;
  private boolean runsOthers;

  private FleetServer(String name, Registry registry, RemoteJMeterEngine engine) {
    this.name = name;
    this.registry = registry;
    this.engine = engine;
  }

  /**
   * The address of this machine that a server can answer to.
   *
   * @throws IOException when nothing listens there, with what to do
   */
  static InetAddress addressTowards(String name) throws IOException {
    InetSocketAddress there = new InetSocketAddress(host(name), port(name));
    try (Socket socket = new Socket()) {
      socket.connect(there, CONNECT_MILLIS);
      return socket.getLocalAddress();
    } catch (IOException e) {
      throw new IOException(
          format(
              "no jmeter-server at %s (%s): start it there: jmeter-server"
                  + " -Djava.rmi.server.hostname=%s -Dserver_port=%d, in a folder that has the key"
                  + " store rmi_keystore.jks, and let the firewall pass the port",
              name,
              there.isUnresolved() ? "there is no host of that name" : e.getMessage(),
              host(name),
              port(name)));
    }
  }

  /**
   * Finds the engine.
   *
   * @throws IOException when it cannot be used, with what to do
   */
  static FleetServer find(String name) throws IOException {
    try {
      RMIClientSocketFactory sockets = limited(RmiUtils.createClientSocketFactory(), 20_000);
      Registry registry = LocateRegistry.getRegistry(host(name), port(name), sockets);
      return new FleetServer(name, registry, (RemoteJMeterEngine) registry.lookup(ENGINE));
    } catch (RemoteException | NotBoundException e) {
      throw new IOException(name + " " + FleetFault.of(e), e);
    }
  }

  /** RMI of Java 17 has no limit for a handshake of SSL; nor have the engine's own sockets. */
  static RMIClientSocketFactory limited(RMIClientSocketFactory sockets, int millis) {
    return (host, port) -> {
      Socket socket =
          sockets == null ? new Socket(host, port) : sockets.createSocket(host, port); // no SSL
      socket.setSoTimeout(millis);
      return socket;
    };
  }

  /**
   * Takes note of what the server said of itself.
   *
   * @param servedHere whether it must reach this machine's loopback interface
   * @throws IOException when it does not, or is of another version
   */
  void introduce(SampleResult sample, boolean servedHere) throws IOException {
    if (!sample.isSuccessful()) {
      throw new IOException(name + " cannot be used: " + sample.getResponseMessage());
    }
    Properties self = new Properties();
    self.load(new StringReader(new String(sample.getResponseData(), UTF_8)));
    String jmeter = JMeterUtils.getJMeterVersion();
    require("JMeter", self.getProperty("jmeter"), jmeter, "install JMeter " + jmeter + " there");
    String copy = "replace it: " + FleetFault.COPY_JAR;
    require("crossover-jmeter-plugin", self.getProperty("plugin"), SliceSampler.version(), copy);
    if (servedHere && !isHere(name, SliceSampler.loopback(), self.getProperty("loopback"))) {
      throw new IOException(
          name
              + " is on another machine, or in a container, and cannot reach a server on this one's"
              + " loopback interface: measure on a site ssh:user@host (sites: or --site)");
    }
    folder = self.getProperty("folder");
    machine =
        (Machine) SliceSampler.object(Base64.getDecoder().decode(self.getProperty("machine")));
  }

  /** By its name where the system does not tell, which is empty on both sides. */
  static boolean isHere(String name, String own, String there) {
    return own.equals(there) && (!own.isEmpty() || Host.isLoopback(host(name)));
  }

  private void require(String what, String its, String own, String mend) throws IOException {
    if (!own.equals(its)) {
      throw new IOException(format("%s has %s %s, and this is %s: %s", name, what, its, own, mend));
    }
  }

  /**
   * Has it run its part of a slice.
   *
   * @param number its own of the engines that run the slice, from 0 on
   * @param engines how many there are
   * @throws RemoteException when it does not answer, or not as one that can be used again
   * @throws IOException when it does other work, or cannot run the slice
   */
  void begin(Traffic part, int number, int engines, LoadClient client)
      throws IOException, InterruptedException {
    if (!isAlive()) { // a call would wait for one that hangs
      throw new RemoteException(name + " is not there any more, or hangs");
    }
    SliceSampler.Order order = PlanParcel.pack(part, folder, number, engines);
    needed = new HashSet<>(there);
    needed.addAll(order.files().keySet());
    order.files().keySet().removeAll(there);
    there.clear(); // if the slice fails: its disk may be full, or its temporary folder gone
    send(order, client);
  }

  /**
   * What came of its part.
   *
   * @throws IOException when it could not run it
   */
  SliceSampler.Outcome outcome(SampleResult sample) throws IOException {
    if (!sample.isSuccessful()) {
      throw new IOException(name + ": " + sample.getResponseMessage());
    }
    there.addAll(needed);
    return (SliceSampler.Outcome) SliceSampler.object(sample.getResponseData());
  }

  /** An order, or null for the question what it is; errors as of {@link #begin}. */
  void send(SliceSampler.Order order, LoadClient client) throws IOException, InterruptedException {
    HashTree tree = tree(new SliceSampler(name, client, order));
    configure(tree);
    try {
      engine.rsetProperties(new HashMap<>());
      engine.rrunTest();
    } catch (JMeterEngineException e) {
      throw new IOException(name + " cannot run a slice: " + e.getMessage(), e);
    } catch (IllegalStateException e) { // another client has it by now
      runsOthers = true;
      throw new RemoteException(e.getMessage(), e);
    }
  }

  /** The last slice may still be ending. */
  private void configure(HashTree tree) throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      try {
        engine.rconfigure(tree, name, new File("."), "crossover");
        return;
      } catch (IllegalStateException e) {
        if (!String.valueOf(e.getMessage()).contains("busy")) {
          throw new RemoteException(e.getMessage(), e);
        }
        if (i == BUSY_TRIES) {
          throw new IOException(
              name + " is busy with another test: wait for its end, or restart it");
        }
        Thread.sleep(BUSY_MILLIS);
      }
    }
  }

  private static HashTree tree(SliceSampler sampler) {
    LoopController once = new LoopController();
    once.setLoops(1);
    ThreadGroup group = new ThreadGroup();
    group.setNumThreads(1);
    group.setRampUp(0);
    group.setSamplerController(once);
    HashTree tree = new ListedHashTree();
    tree.add(new TestPlan("Crossover")).add(group).add(sampler);
    return tree;
  }

  /** Interrupts the slice that it runs, as soon as it answers. */
  void stop() {
    if (runsOthers) {
      return;
    }
    Thread stop =
        new Thread(
            () -> {
              try {
                engine.rstopTest(true);
              } catch (RemoteException | RuntimeException e) {
                System.err.println(name + " was not stopped: " + e); // it may be gone
              }
            });
    stop.setDaemon(true); // one that cannot be reached takes minutes
    stop.start();
  }

  /** Whether it still answers, as the process that it was. */
  boolean isAlive() {
    try {
      // As texts, which have the object's id: JMeter's socket factories are never equal.
      return registry.lookup(ENGINE).toString().equals(engine.toString());
    } catch (RemoteException | NotBoundException e) {
      return false;
    }
  }

  String name() {
    return name;
  }

  Machine machine() {
    return machine;
  }

  private static String host(String name) {
    return name.substring(0, name.lastIndexOf(':'));
  }

  private static int port(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
  }
}
