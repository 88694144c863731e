package crossover.bench.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServerConnection;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

/**
 * How often virtual threads of a JVM held their carriers while they waited (were pinned): the
 * flight recorder's own event, recorded without a stack. The recording lies in the JVM's buffers
 * while a window is open and is fetched afterwards, so that the window pays for the events alone.
 */
record PinningProbe(FlightRecorderMXBean recorder, long recording) implements AutoCloseable {
  private static final String EVENT = "jdk.VirtualThreadPinned";

  /**
   * Before 21 there are no virtual threads; from 24 on waiting in a monitor pins none (JEP 491).
   */
  private static final int FIRST = 21;

  private static final int LAST = 23;

  /** A probe of a JVM in which pinning is worth counting; empty for any other. */
  static Optional<PinningProbe> of(MBeanServerConnection server) throws IOException {
    String version =
        ManagementFactory.newPlatformMXBeanProxy(
                server,
                ManagementFactory.RUNTIME_MXBEAN_NAME,
                java.lang.management.RuntimeMXBean.class)
            .getSpecVersion();
    try {
      return isWorthCounting(version) ? Optional.of(start(server)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a JVM without a flight recorder
    }
  }

  /**
   * @param specification the version that a JVM tells, such as 21, or 1.8
   */
  static boolean isWorthCounting(String specification) {
    double version = Double.parseDouble(specification);
    return version >= FIRST && version <= LAST;
  }

  /** Starts counting in any JVM that has a flight recorder. */
  static PinningProbe start(MBeanServerConnection server) throws IOException {
    FlightRecorderMXBean recorder =
        ManagementFactory.newPlatformMXBeanProxy(
            server, FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class);
    long recording = recorder.newRecording();
    recorder.setRecordingOptions(
        recording, Map.of("name", "crossover", "maxSize", "50000000", "dumpOnExit", "false"));
    recorder.setRecordingSettings(
        recording,
        Map.of(
            EVENT + "#enabled",
            "true",
            EVENT + "#threshold",
            "0 ns",
            EVENT + "#stackTrace",
            "false"));
    recorder.startRecording(recording);
    return new PinningProbe(recorder, recording);
  }

  /** Pinnings that began from {@code from} to before {@code to}, by this machine's clock. */
  double count(Instant from, Instant to) throws IOException {
    Path file = Files.createTempFile("crossover-", ".jfr");
    try {
      fetch(from, to, file);
      return Files.size(file) == 0 ? 0 : count(file, from, to);
    } finally {
      Files.delete(file);
    }
  }

  private static double count(Path file, Instant from, Instant to) throws IOException {
    double count = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        boolean within = !event.getStartTime().isBefore(from) && event.getStartTime().isBefore(to);
        if (within && event.getEventType().getName().equals(EVENT)) {
          count++;
        }
      }
    }
    return count;
  }

  private void fetch(Instant from, Instant to, Path file) throws IOException {
    long copy = recorder.cloneRecording(recording, true);
    try (OutputStream out = Files.newOutputStream(file)) {
      long stream =
          recorder.openStream(
              copy,
              Map.of(
                  "startTime", Long.toString(from.toEpochMilli()),
                  "endTime", Long.toString(to.toEpochMilli() + 1)));
      for (byte[] part = recorder.readStream(stream);
          part != null;
          part = recorder.readStream(stream)) {
        out.write(part);
      }
      recorder.closeStream(stream);
    } finally {
      recorder.closeRecording(copy);
    }
  }

  /** Ends the recording; the JVM goes on. */
  @Override
  public void close() throws IOException {
    recorder.closeRecording(recording);
  }
}
