package crossover.bench.load;

import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Properties;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * The generator's process: reads orders from its standard input until that ends, as it does when
 * the parent dies. A {@link Traffic} it runs, and answers with the window's two {@link Moment}s and
 * the {@link Slice}, which a {@link Fleet} runs when there is one. Those of {@link TurnTakers} have
 * one answer each. A text in place of an answer says why there is none.
 */
final class GeneratorMain {
  /** What happens in a slice besides its end. */
  enum Moment {
    OPENS,
    CLOSES,
    CONNECTED,
    ENDED
  }

  private final TurnTakers turns = new TurnTakers();
  private Fleet fleet;

  private GeneratorMain() {}

  /** Takes the JMeter home, and a folder of plugins if there is one. */
  public static void main(String[] args) throws Exception {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      System.setOut(System.err); // JMeter prints; the protocol must not hear it
      startJMeter(new File(args[0]), args.length > 1 ? args[1] : "");
      ObjectOutputStream answers = new ObjectOutputStream(out);
      answers.flush(); // its header tells the parent that we listen
      new GeneratorMain().serve(new ObjectInputStream(in), answers);
    } catch (EOFException e) {
      // The parent is done with us, or dead.
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  /** As JMeter starts itself: its properties, then the user's (JMeter.initializeProperties). */
  private static void startJMeter(File home, String plugins) throws IOException {
    JMeterUtils.setJMeterHome(home.getPath());
    JMeterUtils.loadJMeterProperties(new File(home, "bin/jmeter.properties").getPath());
    JMeterUtils.initLocale();
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

  private void serve(ObjectInputStream in, ObjectOutputStream out)
      throws IOException, ClassNotFoundException, InterruptedException {
    Window window =
        new Window() {
          @Override
          public void opens() {
            tell(out, Moment.OPENS);
          }

          @Override
          public void closes() {
            tell(out, Moment.CLOSES);
          }
        };
    while (true) {
      Object order = in.readObject();
      Serializable answer;
      try {
        answer = obey(order, window);
      } catch (IOException e) {
        answer = e.getMessage();
      } catch (IllegalStateException e) { // its threads go on, or JMeter's engine failed
        e.printStackTrace();
        tell(out, e.getMessage());
        return;
      }
      tell(out, answer);
    }
  }

  private Serializable obey(Object order, Window window) throws IOException, InterruptedException {
    if (order instanceof Fleet.Servers servers) {
      fleet = new Fleet(servers);
      return (Serializable) fleet.machines();
    } else if (order instanceof Traffic traffic && fleet != null) {
      return fleet.run(traffic, window);
    } else if (order instanceof Traffic traffic) {
      return new Run(traffic).run(window);
    } else if (order instanceof TurnTakers.Connect connect) {
      return turns.connect(connect.traffics()) ? Moment.CONNECTED : Moment.ENDED;
    } else if (order instanceof TurnTakers.Take take) {
      return turns.take(take);
    } else if (order == TurnTakers.Order.CUT) {
      return (Serializable) turns.cut();
    } else {
      turns.end();
      return Moment.ENDED;
    }
  }

  private static void tell(ObjectOutputStream out, Serializable message) {
    try {
      out.writeObject(message);
      out.reset();
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(0); // nobody listens any more
    }
  }
}
