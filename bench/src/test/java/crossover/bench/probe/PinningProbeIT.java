package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.tools.attach.VirtualMachine;
import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.locks.LockSupport;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinningProbeIT {
  @ParameterizedTest
  @CsvSource({"17, false", "21, true", "22, true", "23, true", "24, false", "25, false"})
  void pinningIsCountedWhereAMonitorPins(String version, boolean counted) {
    assertThat(PinningProbe.isWorthCounting(version)).isEqualTo(counted);
  }

  /** From JDK 24 on only the JVM's own frames still pin, such as those of a class initializer. */
  @Test
  void thePinningsOfAWindowAreCountedAndNoOthers() throws Exception {
    Jdk jdk = Jdks.newest();
    assumeThat(jdk.version()).as("virtual threads").isGreaterThanOrEqualTo(21);
    Process worker =
        new ProcessBuilder(
                jdk.java().toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = worker.inputReader(UTF_8);
        PrintWriter orders = new PrintWriter(worker.outputWriter(UTF_8), true)) {
      work(orders, answers, "Zero"); // a JVM that still starts cannot be attached to
      count(worker.pid(), orders, answers);
    } finally {
      worker.waitFor();
    }
  }

  private static void count(long pid, PrintWriter orders, BufferedReader answers) throws Exception {
    try (JMXConnector connector = connect(pid);
        PinningProbe probe = PinningProbe.start(connector.getMBeanServerConnection())) {
      Instant start = Instant.now();
      work(orders, answers, "One");
      Instant middle = Instant.now();
      work(orders, answers, "Two,Three");
      Instant later = Instant.now();
      work(orders, answers, "One"); // is initialized by now, and pins no more
      Instant end = Instant.now();

      assertThat(probe.count(start, middle)).isEqualTo(1);
      assertThat(probe.count(middle, later)).isEqualTo(2);
      assertThat(probe.count(later, end)).isZero();
    }
  }

  @SuppressWarnings("BanJNDI") // the address comes from a JVM of this machine and user
  private static JMXConnector connect(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
    try {
      return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
  }

  private static void work(PrintWriter orders, BufferedReader answers, String classes)
      throws Exception {
    orders.println(classes);
    assertThat(answers.readLine()).isEqualTo("done");
  }

  /** Has a virtual thread initialize classes that wait while they are initialized. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] args) throws Exception {
      Scanner orders = new Scanner(System.in, UTF_8);
      while (orders.hasNextLine()) {
        List<String> classes = List.of(orders.nextLine().split(",", -1));
        Thread thread =
            (Thread)
                Thread.class
                    .getMethod("startVirtualThread", Runnable.class)
                    .invoke(null, (Runnable) () -> classes.forEach(Worker::initialize));
        thread.join();
        System.out.println("done");
      }
    }

    private static void initialize(String name) {
      try {
        Class.forName(PinningProbeIT.class.getName() + "$" + name);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class Zero {
    static {
      pause();
    }
  }

  static final class One {
    static {
      pause();
    }
  }

  static final class Two {
    static {
      pause();
    }
  }

  static final class Three {
    static {
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(30_000_000);
  }
}
