package crossover.bench.load;

import static crossover.bench.text.Text.format;

import crossover.bench.probe.Machine;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jmeter.rmi.RmiUtils;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.util.JMeterUtils;

/**
 * Stock {@code jmeter-server}s that make the load of a slice together, seen from the generator's
 * process here. Each gets its part of the users and of the arrivals; all begin when the users of
 * all are connected; nothing is sent until the slice is over. Then their histograms are added.
 *
 * <p>A server that does not answer, or not as expected, makes its slice invalid and is not used
 * again, even if it was only restarted; the others then carry the whole load.
 */
final class Fleet implements LoadClient {
  static final String OWN_ADDRESS = "java.rmi.server.hostname";
  private static final long POLL_MILLIS = 1_000;
  private static final int HELLO_SECONDS = 60;

  /** Time for what a plan does before and after a slice: its setUp and its tearDown groups. */
  private static final double GROUPS_SECONDS = 660;

  /** Time for users who were interrupted to end. */
  private static final long STOP_MILLIS = 40_000;

  private final Map<String, FleetServer> servers = new LinkedHashMap<>();
  private volatile Departure departure;

  /**
   * Connects to all, and has each say what it is; see {@link GeneratorCalls#use}.
   *
   * @throws IOException when one cannot be used, with what to do
   */
  Fleet(List<String> names, String properties, boolean servedHere)
      throws IOException, InterruptedException {
    if (!properties.isEmpty()) {
      try (FileInputStream in = new FileInputStream(properties)) {
        JMeterUtils.getJMeterProperties().load(in);
      }
    }
    requireKeyStore();
    String chosen = System.getProperty(OWN_ADDRESS, JMeterUtils.getPropDefault(OWN_ADDRESS, ""));
    InetAddress own = InetAddress.getLoopbackAddress();
    for (String name : names) {
      InetAddress towards = FleetServer.addressTowards(name);
      own = own.isLoopbackAddress() ? towards : own;
    }
    // Before RMI reads it.
    System.setProperty(OWN_ADDRESS, chosen.isEmpty() ? own.getHostAddress() : chosen);
    int base = JMeterUtils.getPropDefault("client.rmi.localport", 0);
    UnicastRemoteObject.exportObject(
        this,
        base == 0 ? 0 : base + 1,
        RmiUtils.createClientSocketFactory(),
        RmiUtils.createServerSocketFactory());
    for (String name : names) {
      FleetServer server = FleetServer.find(name);
      introduce(server, servedHere);
      servers.put(name, server);
    }
  }

  private static void requireKeyStore() throws IOException {
    Path file = FleetFault.keyStore();
    boolean ssl = !JMeterUtils.getPropDefault("server.rmi.ssl.disable", false);
    if (ssl && !Files.isReadable(file)) {
      throw new IOException(
          format(
              "no key store %s, which JMeter's SSL needs: copy it from the jmeter-servers, or make"
                  + " one and copy it to them: keytool -genkeypair -keyalg RSA -alias rmi -keystore"
                  + " %s -storepass changeit -validity 365 -dname CN=rmi",
              file.toAbsolutePath(), file));
    }
  }

  private void introduce(FleetServer server, boolean servedHere)
      throws IOException, InterruptedException {
    departure = new Departure(List.of(server.name()));
    try {
      server.send(null, this);
    } catch (RemoteException e) {
      throw new IOException(server.name() + " " + FleetFault.of(e), e);
    }
    if (!departure.awaitOver(HELLO_SECONDS * 1_000L).isEmpty()) {
      throw new IOException(server.name() + " " + FleetFault.silence());
    }
    server.introduce(departure.sample(server.name()), servedHere);
  }

  Map<String, Machine> machines() {
    Map<String, Machine> machines = new TreeMap<>();
    servers.forEach((name, server) -> machines.put(name, server.machine()));
    return machines;
  }

  @Override
  public double connected(String engine, double leadIn) throws RemoteException {
    try {
      return departure.connected(engine, leadIn);
    } catch (InterruptedException e) {
      throw new RemoteException("the runner ends", e);
    }
  }

  @Override
  public void ended(String engine, SampleResult sample) {
    departure.ended(engine, sample);
  }

  /**
   * Runs one slice and waits for its end.
   *
   * @throws IOException when the plan cannot be measured
   */
  Slice run(Traffic traffic, Window window) throws IOException, InterruptedException {
    List<FleetServer> all = servers.values().stream().limit(traffic.users()).toList();
    List<Traffic> parts = traffic.divided(all.size());
    departure = new Departure(all.stream().map(FleetServer::name).toList());
    begin(all, parts);
    long end = System.nanoTime() + Run.nanos(GROUPS_SECONDS + traffic.drain());
    List<String> missing = departure.awaitConnected(POLL_MILLIS);
    while (!missing.isEmpty()) {
      loseSilent(missing, end);
      missing = departure.awaitConnected(POLL_MILLIS);
    }
    measure(traffic, window);
    return collect(traffic, all, parts);
  }

  private void begin(List<FleetServer> all, List<Traffic> parts)
      throws IOException, InterruptedException {
    List<FleetServer> begun = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      FleetServer server = all.get(i);
      try {
        server.begin(parts.get(i), i, all.size(), this);
        begun.add(server);
      } catch (RemoteException e) {
        e.printStackTrace(); // into the log
        lose(server.name());
      } catch (IOException e) {
        all.subList(i, all.size()).forEach(idle -> departure.ended(idle.name(), null));
        stop(begun);
        throw e;
      }
    }
  }

  /** Ends a slice that cannot begin everywhere where it has begun. */
  private void stop(List<FleetServer> begun) throws InterruptedException {
    departure.cancel();
    begun.forEach(FleetServer::stop);
    departure.awaitOver(STOP_MILLIS).forEach(this::lose);
  }

  /** The window is that of the engines, which all begin now; see {@link Run}. */
  private void measure(Traffic traffic, Window window) throws InterruptedException {
    boolean atOnce = traffic.open() || traffic.planned();
    if (atOnce) {
      window.opens();
    }
    long start = System.nanoTime();
    long opens = start + Run.nanos(departure.depart());
    long closes = opens + Run.nanos(traffic.seconds());
    if (!traffic.planned()) {
      Run.sleepUntil(opens);
      if (!atOnce) {
        window.opens();
      }
      Run.sleepUntil(closes);
      window.closes();
    }
    awaitOver(traffic, closes);
    if (traffic.planned()) {
      window.closes();
    }
  }

  private void awaitOver(Traffic traffic, long closes) throws InterruptedException {
    double longest = traffic.planned() ? Run.LONGEST_SECONDS : traffic.drain();
    long end = closes + Run.nanos(longest + GROUPS_SECONDS);
    List<String> missing = departure.awaitOver(POLL_MILLIS);
    while (!missing.isEmpty()) {
      loseSilent(missing, end);
      missing = departure.awaitOver(POLL_MILLIS);
    }
  }

  /** Those of these that do not answer any more are lost, and all of them when the time is over. */
  private void loseSilent(List<String> names, long end) {
    for (String name : names) {
      if (System.nanoTime() > end || !servers.get(name).isAlive()) {
        lose(name);
      }
    }
  }

  /** From now on it is not used; if it lives, it ends its slice. */
  private void lose(String name) {
    departure.ended(name, null);
    servers.remove(name).stop();
  }

  private Slice collect(Traffic whole, List<FleetServer> all, List<Traffic> parts)
      throws IOException {
    List<Slice> seen = new ArrayList<>();
    Map<String, Long> waited = new LinkedHashMap<>();
    List<String> why = new ArrayList<>();
    long lost = 0;
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).name();
      SampleResult sample = departure.sample(name);
      if (sample == null) {
        why.add(Slice.LOST + name + " does not answer");
        lost += parts.get(i).users();
      } else {
        SliceSampler.Outcome outcome = all.get(i).outcome(sample);
        seen.add(outcome.slice());
        if (outcome.waitedNanos() > 0) {
          waited.put(name, outcome.waitedNanos());
        }
      }
    }
    if (seen.isEmpty()) {
      throw new IllegalStateException("No load engine is left: " + String.join("; ", why));
    }
    return MergedSlice.of(whole, seen, lost, why, departure.spreadMillis(waited));
  }
}
