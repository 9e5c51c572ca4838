package tminus.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Computed;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.CommandResult;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one form in which plans and events become JSON. Safe for concurrent use.
///
/// A value of a sealed type carries its record's name as `type`; names of one word (step, slot,
/// weight) are plain strings and numbers. Times are ISO-8601.
public final class Json {

  /// Sealed types, of which each value must say what it is.
  private static final List<Class<?>> SEALED =
      List.of(
          Action.class,
          Computed.class,
          CommandResult.Judgement.class,
          Event.class,
          Expectation.class,
          Outcome.class,
          Timing.class,
          Work.class);

  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
  private interface Typed {}

  @SuppressWarnings("unused") // Jackson reads the constructor's shape, nobody calls it.
  private abstract static class Word {

    @JsonCreator
    Word(String value) {}

    @JsonValue
    abstract String value();
  }

  @SuppressWarnings("unused") // Jackson reads the constructor's shape, nobody calls it.
  private abstract static class Name {

    @JsonCreator
    Name(String name) {}

    @JsonValue
    abstract String name();
  }

  @SuppressWarnings("unused") // Jackson reads the constructor's shape, nobody calls it.
  private abstract static class Percent {

    @JsonCreator
    Percent(int percent) {}

    @JsonValue
    abstract int percent();
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .disable(
                DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            // A record's components and nothing else: isBarrier() is an answer, not a part.
            .changeDefaultVisibility(
                visible -> visible.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .addMixIn(StepId.class, Word.class)
            .addMixIn(Slot.class, Name.class)
            .addMixIn(Weight.class, Percent.class);
    SEALED.forEach(type -> builder.addMixIn(type, Typed.class));
    return builder.build();
  }

  /// The value in one line.
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// The value in a form for people.
  public static String pretty(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /// Reads what [#write] wrote.
  public static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /// SHA-256 of what [#write] writes, in lower-case hex, without ever holding all of it.
  public static String hash(Object value) {
    try (DigestOutputStream out =
        new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
      MAPPER.writeValue(out, value);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere, and yet it failed", e);
    }
  }

  /// SHA-256 of the text's UTF-8, in lower-case hex.
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /// SHA-256 of the bytes, in lower-case hex.
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
