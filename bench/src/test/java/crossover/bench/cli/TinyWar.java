package crossover.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Applications of one page, and a JMeter plan that asks for it. */
final class TinyWar {
  private TinyWar() {}

  /** A WAR whose page answers a few bytes after some Java code. */
  static Path write(Path file, String code) throws IOException {
    String page =
        "<%@ page session=\"false\" contentType=\"text/plain;charset=UTF-8\" %>"
            + "<%! static final java.util.concurrent.atomic.AtomicLong N ="
            + " new java.util.concurrent.atomic.AtomicLong(); static volatile long sink;"
            + " static final byte[] DATA = new byte[1024];"
            + " static void work(int n) throws Exception {"
            + " var digest = java.security.MessageDigest.getInstance(\"SHA-256\");"
            + " for (int i = 0; i < n; i++) digest.update(DATA); sink = digest.digest()[0]; } %><% "
            + code
            + " %>hello";
    try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(file))) {
      war.putNextEntry(new ZipEntry("index.jsp"));
      war.write(page.getBytes(UTF_8));
    }
    return file;
  }

  /** The code of a planted regression. */
  static String waitingOnceInTen(int millis) {
    return "if (N.getAndIncrement() % 10 == 0) Thread.sleep(" + millis + ");";
  }

  /** CPU time: so many kilobytes are hashed, by code that a JIT compiles the same way each time. */
  static String working(int kilobytes) {
    return "work(" + kilobytes + ");";
  }

  /** CPU time in a loop that JVMs compile in more than one way. */
  static String looping(int steps) {
    return "long h = N.get(); for (int i = 0; i < "
        + steps
        + "; i++) {"
        + " h = (h ^ DATA[i & 1023] + i) * 1099511628211L; h ^= h >>> 29; } sink = h;";
  }

  /** Work and a wait of 0.3 ms, which only one user at a time does where there is a lock. */
  static String waiting(String lock) {
    String waits = "java.util.concurrent.locks.LockSupport.parkNanos(300000);";
    return lock + " { " + working(10) + waits + " }";
  }

  static Path plan(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3"><hashTree>
        <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="checkout"/><hashTree>
        <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="users">
        <stringProp name="ThreadGroup.num_threads">${__P(users,1)}</stringProp>
        <boolProp name="ThreadGroup.same_user_on_next_iteration">true</boolProp>
        <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController">
        <intProp name="LoopController.loops">-1</intProp></elementProp>
        </ThreadGroup><hashTree>
        <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="buy">
        <elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"/></elementProp>
        <stringProp name="HTTPSampler.domain">${__P(host)}</stringProp>
        <stringProp name="HTTPSampler.port">${__P(port)}</stringProp>
        <stringProp name="HTTPSampler.path">/</stringProp>
        <stringProp name="HTTPSampler.method">GET</stringProp>
        <boolProp name="HTTPSampler.use_keepalive">true</boolProp>
        </HTTPSamplerProxy><hashTree/>
        </hashTree></hashTree></hashTree></jmeterTestPlan>
        """);
  }
}
