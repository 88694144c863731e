package crossover.bench.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;

/**
 * A file of JSON objects, one a line, that only grows. A last line that a kill tore is cut off when
 * the file is opened to be written; any other line that cannot be read stays, and is left out.
 */
final class JsonLines<T> implements AutoCloseable {
  private final Path file;
  private final Optional<FileChannel> channel;
  private final List<T> lines = new ArrayList<>();
  private final List<Integer> unreadable = new ArrayList<>();

  private JsonLines(Path file, Optional<FileChannel> channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Reads a file, which need not exist, and holds it open where it is to be written.
   *
   * @param sound whether what a line says can be used
   */
  static <T> JsonLines<T> open(Path file, Class<T> type, boolean writable, Predicate<T> sound)
      throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    Optional<FileChannel> channel =
        writable ? Optional.of(FileChannel.open(file, WRITE, CREATE)) : Optional.empty();
    if (writable) {
      channel.get().truncate(end).position(end);
    }
    JsonLines<T> read = new JsonLines<>(file, channel);
    int number = 0;
    for (String line : new String(bytes, 0, end, UTF_8).lines().toList()) {
      number++;
      try {
        T value = Objects.requireNonNull(Json.MAPPER.readValue(line, type));
        if (sound.test(value)) {
          read.lines.add(value);
        } else {
          read.unreadable.add(number);
        }
      } catch (JacksonException | NullPointerException e) {
        read.unreadable.add(number);
      }
    }
    return read;
  }

  /** Those that can be read, in their order. */
  List<T> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** The numbers of the lines that cannot be read, from 1. */
  List<Integer> unreadable() {
    return List.copyOf(unreadable);
  }

  /** Adds one; it is on the disk when this returns. */
  void append(T line) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.wrap((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(UTF_8));
    try {
      while (buffer.hasRemaining()) {
        channel.orElseThrow().write(buffer);
      }
      channel.orElseThrow().force(false);
    } catch (IOException e) {
      throw UnusableResultsException.cannotWrite(file, e);
    }
    lines.add(line);
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
    }
  }
}
