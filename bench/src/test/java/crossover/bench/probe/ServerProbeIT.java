package crossover.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import crossover.bench.stack.Jdk;
import crossover.bench.stack.Jdks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the probe says about a JVM against what that JVM says about itself. */
@Tag("timed")
class ServerProbeIT {
  @BeforeAll
  static void linuxOnly() {
    assumeThat(Files.exists(Path.of("/proc/self/schedstat"))).as("Linux tells").isTrue();
  }

  static List<Jdk> installed() {
    return Jdks.installed();
  }

  @ParameterizedTest
  @MethodSource("installed")
  void whatAWindowUsedIsMeasuredFromOutside(Jdk jdk) throws Exception {
    Process worker =
        new ProcessBuilder(
                jdk.java().toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = worker.inputReader(UTF_8);
        PrintWriter orders = new PrintWriter(worker.outputWriter(UTF_8), true)) {
      orders.println("work"); // once, so that compiling it is not what is measured
      answers.readLine();
      measure(new ServerProbe(worker.pid(), Map.of("itself", worker.pid()), true), orders, answers);
    } finally {
      worker.waitFor();
    }
  }

  private static void measure(ServerProbe probe, PrintWriter orders, BufferedReader answers)
      throws IOException {
    try (probe) {
      Sample before = probe.sample();
      orders.println("work");
      String[] own = answers.readLine().split(" ", -1);
      Usage usage = Usage.between(before, probe.sample());

      double cpu = Long.parseLong(own[0]) / 1e9;
      double allocated = Double.parseDouble(own[1]);
      assertThat(usage.server().cpu()).isBetween(cpu * 0.99, cpu * 1.3);
      assertThat(usage.server().user()).isGreaterThan(usage.server().cpu() / 2);
      assertThat(usage.server().user() + usage.server().system())
          .isCloseTo(usage.server().cpu(), within(1e-9));
      assertThat(usage.beside().seconds()).isGreaterThan(usage.server().cpu() / 2);
      assertThat(usage.jvm().allocatedBytes()).isBetween(allocated * 0.99, allocated * 1.1);
      assertThat(usage.jvm().collections()).isPositive();
      assertThat(usage.server().voluntarySwitches()).isGreaterThanOrEqualTo(Worker.SLEEPS);
      assertThat(usage.beside().backends().get("itself").cpu()).isGreaterThan(cpu * 0.9);
      assertThat(usage.gauges().pools()).containsEntry("idle", Worker.IDLE);
      assertThat(usage.gauges().threads()).isGreaterThan(Worker.IDLE);
      assertThat(usage.gauges().rssBytes()).isGreaterThan(10e6);
      assertThat(usage.jvm().databaseWaitSeconds()).isNaN();
    }
  }

  @Test
  void aProcessThatIsGoneIsNaN() {
    try (ServerProbe probe = new ServerProbe(Integer.MAX_VALUE, Map.of(), true)) {
      Usage usage = Usage.between(probe.sample(), probe.sample());
      assertThat(usage.server().cpu()).isNaN();
      assertThat(usage.jvm().allocatedBytes()).isNaN();
      assertThat(usage.gauges().threads()).isNaN();
    }
  }

  /** Burns CPU, allocates and sleeps on order, and says how much. */
  static final class Worker {
    static final int SLEEPS = 50;
    static final int IDLE = 7;
    static volatile byte[] garbage;

    private Worker() {}

    public static void main(String[] args) {
      for (int i = 0; i < IDLE; i++) {
        Thread idle = new Thread(Worker::sleepForever, "idle-" + i);
        idle.setDaemon(true);
        idle.start();
      }
      Scanner orders = new Scanner(System.in, UTF_8);
      while (orders.hasNextLine()) {
        orders.nextLine();
        System.out.println(work());
      }
    }

    private static String work() {
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long cpu = threads.getCurrentThreadCpuTime();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 500; i++) {
        garbage = new byte[1_000_000];
      }
      while (threads.getCurrentThreadCpuTime() - cpu < 400_000_000L) {
        spin();
      }
      for (int i = 0; i < SLEEPS; i++) {
        sleep(1);
      }
      return (threads.getCurrentThreadCpuTime() - cpu)
          + " "
          + (threads.getCurrentThreadAllocatedBytes() - allocated);
    }

    // Asking for the time is the kernel's work: mostly this is the program's own.
    private static void spin() {
      for (int i = 0; i < 100_000; i++) {
        Thread.onSpinWait();
      }
    }

    private static void sleepForever() {
      sleep(Long.MAX_VALUE);
    }

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
