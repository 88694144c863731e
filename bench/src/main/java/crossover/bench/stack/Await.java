package crossover.bench.stack;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for things that do not tell when they happen, by asking again and again. */
public final class Await {
  private Await() {}

  /**
   * Asks until there is an answer.
   *
   * @param pause between two questions
   * @return empty if there was no answer within the limit
   * @throws StartFailure if the thread is interrupted
   */
  public static <T> Optional<T> answer(
      Supplier<Optional<T>> question, Duration pause, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() > deadline) {
        return answer;
      }
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartFailure("interrupted while something was starting or stopping");
      }
    }
  }

  /** The same for a condition: whether it held within the limit. */
  public static boolean until(BooleanSupplier condition, Duration pause, Duration limit) {
    return answer(
            () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), pause, limit)
        .isPresent();
  }
}
