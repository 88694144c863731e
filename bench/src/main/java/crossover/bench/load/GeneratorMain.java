package crossover.bench.load;

import crossover.bench.probe.Machine;
import crossover.bench.stack.Calls;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * The generator's process: it does what it is asked until its input ends, as it does when the
 * parent dies.
 */
final class GeneratorMain implements GeneratorCalls<Exception> {
  private final TurnTakers turns = new TurnTakers();
  private final Window window;
  private Fleet fleet;

  private GeneratorMain(Calls parent) {
    window =
        new Window() {
          @Override
          public void opens() {
            parent.tell(OPENS);
          }

          @Override
          public void closes() {
            parent.tell(CLOSES);
          }
        };
  }

  /** Takes the JMeter home, and a folder of plugins if there is one. */
  public static void main(String[] args) {
    try {
      Calls parent = Calls.ofParent(); // before JMeter, which prints
      startJMeter(new File(args[0]), args.length > 1 ? args[1] : "");
      parent.serve(GeneratorCalls.class, new GeneratorMain(parent));
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  /** As JMeter starts itself: its properties, then the user's (JMeter.initializeProperties). */
  private static void startJMeter(File home, String plugins) throws IOException {
    PlanLoader.prepare(home);
    load("user.properties", JMeterUtils.getJMeterProperties());
    load("system.properties", System.getProperties());
    JMeterUtils.setProperty("jmeter.version", JMeterUtils.getJMeterVersion());
    if (!plugins.isEmpty()) {
      JMeterUtils.setProperty("search_paths", plugins); // where JMeter looks for more functions
    }
    noProxyForLoopback();
    SaveService.loadProperties();
    PlanErrors.hear();
  }

  /** Loads the file that a property names, if there is one. */
  private static void load(String property, Properties into) throws IOException {
    String name = JMeterUtils.getPropDefault(property, "");
    File file = name.isEmpty() ? null : JMeterUtils.findFile(name);
    if (file != null && file.canRead()) {
      try (FileInputStream in = new FileInputStream(file)) {
        into.load(in);
      }
    }
  }

  /** A proxy that the environment sets is for the world outside; JMeter would use it here, too. */
  private static void noProxyForLoopback() {
    String others = System.getProperty("http.nonProxyHosts", "");
    System.setProperty(
        "http.nonProxyHosts",
        "localhost|127.0.0.1|[::1]|::1" + (others.isEmpty() ? "" : "|" + others));
  }

  @Override
  public Map<String, Machine> use(List<String> servers, String properties, boolean servedHere)
      throws IOException, InterruptedException {
    fleet = new Fleet(servers, properties, servedHere);
    return fleet.machines();
  }

  @Override
  public Slice run(Traffic traffic) throws IOException, InterruptedException {
    return fleet == null ? new Run(traffic).run(window) : fleet.run(traffic, window);
  }

  @Override
  public boolean connect(List<Traffic> traffics) throws IOException, InterruptedException {
    return turns.connect(traffics);
  }

  @Override
  public Turn take(int index, double leadIn, double seconds) throws InterruptedException {
    return turns.take(index, leadIn, seconds);
  }

  @Override
  public List<Slice> cut() {
    return turns.cut();
  }

  @Override
  public void end() throws InterruptedException {
    turns.end();
  }
}
