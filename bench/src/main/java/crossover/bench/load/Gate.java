package crossover.bench.load;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the users of a closed loop before their next request while it is shut, as it is at first.
 */
final class Gate {
  private final int users;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final Condition full = lock.newCondition();
  private final LongAdder passed = new LongAdder();
  private volatile boolean open;
  private boolean closed;
  private int held;
  private int gone;

  Gate(int users) {
    this.users = users;
  }

  /**
   * Returns at once while the gate is open.
   *
   * @return false when it will never open again
   */
  boolean pass() throws InterruptedException {
    if (open) {
      passed.increment();
      return true;
    }
    lock.lock();
    try {
      held++;
      signalIfFull();
      while (!open && !closed) {
        opened.await();
      }
      if (!closed) {
        passed.increment();
      }
      return !closed;
    } finally {
      held--;
      lock.unlock();
    }
  }

  private void signalIfFull() {
    if (held + gone == users) {
      full.signal();
    }
  }

  /** One user will never come again, and is not waited for. */
  void leave() {
    lock.lock();
    try {
      gone++;
      signalIfFull();
    } finally {
      lock.unlock();
    }
  }

  /** How many times a user passed. */
  long passed() {
    return passed.sum();
  }

  /** Lets nobody pass ever again. */
  void close() {
    lock.lock();
    try {
      open = false;
      closed = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      open = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on users are held; those who have a request in flight when they have its answer. */
  void shut() {
    open = false;
  }

  /**
   * Waits until all users are held who are still there.
   *
   * @return how many are not, or no longer there, when the time is over
   */
  int awaitFull(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (held + gone < users && left > 0) {
        left = full.awaitNanos(left);
      }
      return users - held;
    } finally {
      lock.unlock();
    }
  }
}
