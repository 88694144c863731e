package crossover.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.ThreadGroup;

/**
 * The thread groups that make the load of a plan. Its setUp and tearDown groups are not among them:
 * they run as the plan says, before and after.
 */
final class UserGroups extends AbstractTestElement implements TestStateListener, NoThreadClone {
  private final int users;
  private final boolean planned;
  private transient List<ThreadGroup> groups = List.of();
  private transient List<ThreadGroup> all = List.of();
  private transient boolean loopsForever;
  private transient ClassLoader classes;

  UserGroups(Traffic traffic) {
    users = traffic.users();
    planned = traffic.planned();
  }

  /**
   * Takes these groups, which end when they are told to, unless they are to run as planned.
   *
   * @param others that send no request: they have the plan's number of users
   * @param endless whether a loop in one of them has no end
   */
  void of(List<ThreadGroup> found, List<ThreadGroup> others, boolean endless) {
    loopsForever = endless;
    classes = Thread.currentThread().getContextClassLoader();
    groups = List.copyOf(found);
    all = Stream.concat(found.stream(), others.stream()).toList();
    if (!planned) {
      all.forEach(UserGroups::makeEndless);
    }
  }

  private static void makeEndless(ThreadGroup group) {
    group.setRampUp(0);
    group.setScheduler(false);
    group.setProperty(ThreadGroup.DELAYED_START, false);
    if (!group.getOnErrorStartNextLoop()) { // its other actions would end users
      group.setProperty(
          AbstractThreadGroup.ON_SAMPLE_ERROR, AbstractThreadGroup.ON_SAMPLE_ERROR_CONTINUE);
    }
    if (group.getSamplerController() instanceof LoopController loop) {
      loop.setLoops(LoopController.INFINITE_LOOP_COUNT);
    }
  }

  /** Divides the users: JMeter has put in the plan's variables, and no thread has started yet. */
  @Override
  public void testStarted() {
    // JMeter begins on a thread that it may have kept from another plan.
    Thread.currentThread().setContextClassLoader(classes);
    if (planned) {
      return;
    }
    int[] shares =
        shares(users, groups.stream().mapToInt(AbstractThreadGroup::getNumThreads).toArray());
    for (int i = 0; i < shares.length; i++) {
      groups.get(i).removeProperty(AbstractThreadGroup.NUM_THREADS); // may be a function
      groups.get(i).setNumThreads(shares[i]);
    }
  }

  /**
   * Divides users in proportion to the plan's numbers, by largest remainders; where there are
   * enough users, whoever has any in the plan gets at least one.
   *
   * @param numbers the plan's; if all are 0, they count as equal
   */
  static int[] shares(int users, int[] numbers) {
    int[] weights = numbers.clone();
    if (IntStream.of(numbers).sum() == 0) {
      Arrays.fill(weights, 1);
    }
    int fewest = users < numbers.length ? 0 : 1;
    int[] shares = IntStream.of(weights).map(weight -> Math.min(weight, fewest)).toArray();
    int left = users - IntStream.of(shares).sum();
    double each = (double) users / IntStream.of(weights).sum();
    for (; left > 0; left--) {
      int furthest = 0;
      for (int i = 1; i < shares.length; i++) {
        if (weights[i] * each - shares[i] > weights[furthest] * each - shares[furthest]) {
          furthest = i;
        }
      }
      shares[furthest]++;
    }
    return shares;
  }

  /** How many users there are, once the test has started. */
  int size() {
    return groups.stream().mapToInt(AbstractThreadGroup::getNumThreads).sum();
  }

  /** How many users are there now. */
  int active() {
    return groups.stream().mapToInt(AbstractThreadGroup::numberOfActiveThreads).sum();
  }

  /** Whether one of the groups ends only when it is told to. */
  boolean endless() {
    return loopsForever
        || groups.stream()
            .anyMatch(
                group ->
                    !group.getScheduler()
                        && group.getSamplerController() instanceof LoopController loop
                        && isEndless(loop));
  }

  static boolean isEndless(LoopController loop) {
    return loop.getLoops() == LoopController.INFINITE_LOOP_COUNT;
  }

  /** No user begins another request. */
  void stop() {
    all.forEach(ThreadGroup::stop);
  }

  @Override
  public void testStarted(String host) {
    testStarted();
  }

  @Override
  public void testEnded() {}

  @Override
  public void testEnded(String host) {}
}
