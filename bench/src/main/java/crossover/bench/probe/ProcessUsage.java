package crossover.bench.probe;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToLongFunction;

/**
 * What a process, with its descendants, used between two samples. NaN where Linux does not tell.
 *
 * @param cpu seconds, user and system
 * @param user seconds of {@code cpu} outside the kernel
 * @param system seconds of {@code cpu} in the kernel
 * @param compilers seconds of {@code cpu} in a JVM's just-in-time compilers
 * @param voluntarySwitches context switches because a thread waited
 * @param involuntarySwitches context switches because others wanted the core
 */
public record ProcessUsage(
    double cpu,
    double user,
    double system,
    double compilers,
    double voluntarySwitches,
    double involuntarySwitches) {

  // The coarse clock truncates a process's user and system time to 10 ms each, at both ends.
  private static final double COARSE_ERROR = 0.04;

  static ProcessUsage between(ProcessSample before, ProcessSample after) {
    double user = after.user() - before.user();
    double system = after.system() - before.system();
    double coarse = user + system;
    double fine = total(before.threads(), after.threads(), ThreadSample::nanos) / 1e9;
    // The threads' own clocks count nanoseconds but take a thread's time with it when it ends, the
    // process's counts everything in steps: the fine one is right where both agree.
    double cpu = Math.abs(fine - coarse) <= COARSE_ERROR * after.processes() ? fine : coarse;
    double share = coarse == 0 ? 0 : user / coarse;
    boolean known = !Double.isNaN(coarse);
    return new ProcessUsage(
        cpu,
        cpu * share,
        cpu * (1 - share),
        known
            ? total(before.threads(), after.threads(), ProcessUsage::compiling) / 1e9
            : Double.NaN,
        known ? total(before.threads(), after.threads(), ThreadSample::voluntary) : Double.NaN,
        known ? total(before.threads(), after.threads(), ThreadSample::involuntary) : Double.NaN);
  }

  /**
   * CPU seconds without those of the compilers, which a server that has run for a while has behind
   * it.
   */
  public double serving() {
    return cpu - compilers;
  }

  ProcessUsage plus(ProcessUsage other) {
    return with(other, Double::sum);
  }

  ProcessUsage times(double factor) {
    return with(this, (own, same) -> own * factor);
  }

  private ProcessUsage with(ProcessUsage other, DoubleBinaryOperator each) {
    return new ProcessUsage(
        each.applyAsDouble(cpu, other.cpu),
        each.applyAsDouble(user, other.user),
        each.applyAsDouble(system, other.system),
        each.applyAsDouble(compilers, other.compilers),
        each.applyAsDouble(voluntarySwitches, other.voluntarySwitches),
        each.applyAsDouble(involuntarySwitches, other.involuntarySwitches));
  }

  private static long compiling(ThreadSample thread) {
    return isCompiler(thread.pool()) ? thread.nanos() : 0;
  }

  /** HotSpot's C1 and C2; the kernel keeps 15 characters of "C2 CompilerThread0". */
  static boolean isCompiler(String thread) {
    return thread.startsWith("C1 CompilerThre") || thread.startsWith("C2 CompilerThre");
  }

  /** The same with CPU times that are known more exactly; user and system share them as before. */
  ProcessUsage withCpu(CpuClock.Spent spent) {
    double all = spent.serving() + spent.compiling();
    double share = cpu == 0 ? 0 : user / cpu;
    return Double.isNaN(all)
        ? this
        : new ProcessUsage(
            all,
            all * share,
            all * (1 - share),
            spent.compiling(),
            voluntarySwitches,
            involuntarySwitches);
  }

  private static double total(
      Map<Long, ThreadSample> before,
      Map<Long, ThreadSample> after,
      ToLongFunction<ThreadSample> counter) {
    double sum = 0;
    for (Map.Entry<Long, ThreadSample> thread : after.entrySet()) {
      ThreadSample then = before.getOrDefault(thread.getKey(), ThreadSample.UNBORN);
      sum += counter.applyAsLong(thread.getValue()) - counter.applyAsLong(then);
    }
    return sum;
  }
}
