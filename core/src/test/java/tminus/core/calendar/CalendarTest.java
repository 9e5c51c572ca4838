package tminus.core.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.calendar.Calendar.State;

/// Windows and freezes at chosen moments, also where clocks are put forward and back.
class CalendarTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// `Mon-Thu 09:00-16:00 Europe/Berlin; …`, days as first and last, or one.
  private static List<Window> windows(String words) {
    List<Window> windows = new ArrayList<>();
    for (String each : words.isBlank() ? new String[0] : words.split(";", -1)) {
      String[] parts = each.strip().split("\\s+", -1);
      String[] hours = parts[1].split("-", -1);
      String[] days = parts[0].split("-", -1);
      Set<DayOfWeek> set = EnumSet.noneOf(DayOfWeek.class);
      for (DayOfWeek day = day(days[0]); ; day = day.plus(1)) {
        set.add(day);
        if (day == day(days[days.length - 1])) {
          break;
        }
      }
      windows.add(
          new Window(
              set, LocalTime.parse(hours[0]), LocalTime.parse(hours[1]), ZoneId.of(parts[2])));
    }
    return windows;
  }

  private static DayOfWeek day(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(name.toUpperCase(java.util.Locale.ROOT))) {
        return day;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /// `2026-12-19T00:00/2027-01-03T00:00 Europe/Berlin; …`, `…` for no end.
  private static List<Freeze> freezes(String words) {
    List<Freeze> freezes = new ArrayList<>();
    for (String each : words.isBlank() ? new String[0] : words.split(";", -1)) {
      String[] parts = each.strip().split("[/ ]", 3);
      Optional<LocalDateTime> to =
          parts[1].equals("…") ? Optional.empty() : Optional.of(LocalDateTime.parse(parts[1]));
      freezes.add(new Freeze(LocalDateTime.parse(parts[0]), to, "why", ZoneId.of(parts[2])));
    }
    return freezes;
  }

  private static String words(State state) {
    return switch (state) {
      case State.Open(Optional<Instant> until) -> "open " + until.map(Instant::toString).orElse("");
      case State.Closed(String reason, Optional<Instant> opens) ->
          "%s %s"
              .formatted(
                  reason.startsWith("freeze") ? "freeze" : "closed",
                  opens.map(Instant::toString).orElse(""));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # windows                                            | at                   | is
          ''                                                   | 2026-12-01T10:00:00Z | open
          Mon-Thu 09:00-16:00 UTC                              | 2026-12-01T08:59:59Z | closed 2026-12-01T09:00:00Z
          Mon-Thu 09:00-16:00 UTC                              | 2026-12-01T09:00:00Z | open 2026-12-01T16:00:00Z
          Mon-Thu 09:00-16:00 UTC                              | 2026-12-01T15:59:59Z | open 2026-12-01T16:00:00Z
          Mon-Thu 09:00-16:00 UTC                              | 2026-12-01T16:00:00Z | closed 2026-12-02T09:00:00Z
          Mon-Thu 09:00-16:00 UTC                              | 2026-12-03T16:00:00Z | closed 2026-12-07T09:00:00Z
          Mon-Thu 09:00-16:00 Europe/Berlin                    | 2026-12-01T08:00:00Z | open 2026-12-01T15:00:00Z
          Mon-Thu 09:00-16:00 Europe/Berlin                    | 2026-07-01T06:59:00Z | closed 2026-07-01T07:00:00Z
          Fri-Mon 09:00-16:00 UTC                              | 2026-12-06T12:00:00Z | open 2026-12-06T16:00:00Z
          # over midnight: the day is the one it opens on
          Fri 22:00-04:00 UTC                                  | 2026-12-05T03:59:00Z | open 2026-12-05T04:00:00Z
          Fri 22:00-04:00 UTC                                  | 2026-12-04T03:59:00Z | closed 2026-12-04T22:00:00Z
          Fri 22:00-04:00 UTC                                  | 2026-12-05T04:00:00Z | closed 2026-12-11T22:00:00Z
          # a day from midnight to midnight, and days that touch
          Sat 00:00-00:00 UTC                                  | 2026-12-05T23:59:00Z | open 2026-12-06T00:00:00Z
          Mon-Wed 00:00-00:00 UTC                              | 2026-11-30T01:00:00Z | open 2026-12-03T00:00:00Z
          Mon-Sun 00:00-00:00 UTC                              | 2026-11-30T01:00:00Z | open
          Mon-Sun 00:00-00:00 Europe/Berlin                    | 2026-03-29T01:00:00Z | open
          # several windows: they touch, overlap, stand apart
          Tue 09:00-12:00 UTC; Tue 12:00-14:00 UTC             | 2026-12-01T10:00:00Z | open 2026-12-01T14:00:00Z
          Tue 09:00-12:00 UTC; Tue 11:00-14:00 UTC             | 2026-12-01T09:00:00Z | open 2026-12-01T14:00:00Z
          Tue 09:00-12:00 UTC; Tue 13:00-14:00 UTC             | 2026-12-01T12:30:00Z | closed 2026-12-01T13:00:00Z
          # several zones: Berlin's afternoon, then New York's
          Tue 14:00-18:00 Europe/Berlin; Tue 12:00-17:00 America/New_York | 2026-12-01T13:00:00Z | open 2026-12-01T22:00:00Z
          Tue 14:00-17:00 Europe/Berlin; Tue 12:00-17:00 America/New_York | 2026-12-01T16:30:00Z | closed 2026-12-01T17:00:00Z
          Mon 08:00-10:00 Pacific/Auckland                     | 2026-11-29T19:30:00Z | open 2026-11-29T21:00:00Z
          # Berlin puts the clock forward from 02:00 to 03:00 at 2026-03-29T01:00Z
          Sun 02:30-05:00 Europe/Berlin                        | 2026-03-29T00:59:59Z | closed 2026-03-29T01:00:00Z
          Sun 02:30-05:00 Europe/Berlin                        | 2026-03-29T01:00:00Z | open 2026-03-29T03:00:00Z
          Sun 01:00-02:30 Europe/Berlin                        | 2026-03-29T00:30:00Z | open 2026-03-29T01:00:00Z
          Sun 02:10-02:40 Europe/Berlin                        | 2026-03-29T01:00:00Z | closed 2026-04-05T00:10:00Z
          Sun 01:00-04:00 Europe/Berlin                        | 2026-03-29T00:00:00Z | open 2026-03-29T02:00:00Z
          # Berlin puts the clock back from 03:00 to 02:00 at 2026-10-25T01:00Z: 02:30 is 00:30Z and 01:30Z
          Sun 02:30-05:00 Europe/Berlin                        | 2026-10-25T00:29:59Z | closed 2026-10-25T00:30:00Z
          Sun 02:30-05:00 Europe/Berlin                        | 2026-10-25T01:10:00Z | open 2026-10-25T04:00:00Z
          Sun 01:00-02:30 Europe/Berlin                        | 2026-10-25T00:29:59Z | open 2026-10-25T00:30:00Z
          Sun 01:00-02:30 Europe/Berlin                        | 2026-10-25T01:10:00Z | closed 2026-11-01T00:00:00Z
          # New York puts the clock back a week later: between, the two windows stop touching
          Mon-Sun 00:00-12:00 Europe/Berlin; Mon-Sun 06:00-18:00 America/New_York | 2026-10-26T09:00:00Z | open 2026-10-26T22:00:00Z
          Mon-Sun 00:00-12:00 Europe/Berlin; Mon-Sun 06:00-18:00 America/New_York | 2026-09-01T09:00:00Z | open 2026-10-25T22:00:00Z
          # Samoa had no 30 December 2011
          Fri 09:00-16:00 Pacific/Apia                         | 2011-12-30T00:00:00Z | closed 2012-01-05T19:00:00Z
          """)
  void windowsOpenAndCloseByTheClocksOfTheirZones(String windows, String at, String is) {
    Calendar calendar = new Calendar(windows(windows), List.of());
    assertThat(words(calendar.at(Instant.parse(at))).strip()).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # windows               | freezes                                     | at                   | is
          ''                      | 2026-12-19T00:00/2027-01-03T00:00 UTC       | 2026-12-18T23:59:59Z | open 2026-12-19T00:00:00Z
          ''                      | 2026-12-19T00:00/2027-01-03T00:00 UTC       | 2026-12-19T00:00:00Z | freeze 2027-01-03T00:00:00Z
          ''                      | 2026-12-19T00:00/2027-01-03T00:00 UTC       | 2027-01-02T23:59:59Z | freeze 2027-01-03T00:00:00Z
          ''                      | 2026-12-19T00:00/2027-01-03T00:00 UTC       | 2027-01-03T00:00:00Z | open
          ''                      | 2026-12-19T00:00/2027-01-03T00:00 Europe/Berlin | 2026-12-18T23:00:00Z | freeze 2027-01-02T23:00:00Z
          # a freeze wins over a window
          Mon-Thu 09:00-16:00 UTC | 2026-12-01T10:00/2026-12-01T11:00 UTC       | 2026-12-01T09:30:00Z | open 2026-12-01T10:00:00Z
          Mon-Thu 09:00-16:00 UTC | 2026-12-01T10:00/2026-12-01T11:00 UTC       | 2026-12-01T10:30:00Z | freeze 2026-12-01T11:00:00Z
          Mon-Thu 09:00-16:00 UTC | 2026-12-01T10:00/2026-12-01T18:00 UTC       | 2026-12-01T10:30:00Z | freeze 2026-12-02T09:00:00Z
          Mon-Thu 09:00-16:00 UTC | 2026-12-02T00:00/2026-12-08T00:00 UTC       | 2026-12-01T17:00:00Z | closed 2026-12-08T09:00:00Z
          # freezes that touch and overlap
          ''                      | 2026-12-01T00:00/2026-12-02T00:00 UTC; 2026-12-02T00:00/2026-12-03T00:00 UTC | 2026-12-01T12:00:00Z | freeze 2026-12-03T00:00:00Z
          ''                      | 2026-12-01T00:00/2026-12-04T00:00 UTC; 2026-12-02T00:00/2026-12-03T00:00 UTC | 2026-12-02T12:00:00Z | freeze 2026-12-04T00:00:00Z
          # until further notice: it never opens
          Mon-Thu 09:00-16:00 UTC | 2026-12-01T00:00/… UTC                      | 2026-12-01T12:00:00Z | freeze
          Mon-Thu 09:00-16:00 UTC | 2026-12-01T00:00/… UTC                      | 2026-11-28T12:00:00Z | closed 2026-11-30T09:00:00Z
          Fri 09:00-16:00 UTC     | 2026-12-01T00:00/… UTC                      | 2026-11-28T12:00:00Z | closed
          # the clock is put back from 03:00 to 02:00: the freeze is the longer one
          ''                      | 2026-10-25T02:30/2026-10-25T12:00 Europe/Berlin | 2026-10-25T00:30:00Z | freeze 2026-10-25T11:00:00Z
          ''                      | 2026-10-24T00:00/2026-10-25T02:30 Europe/Berlin | 2026-10-25T01:29:59Z | freeze 2026-10-25T01:30:00Z
          # the clock is put forward from 02:00 to 03:00
          ''                      | 2026-03-28T00:00/2026-03-29T02:30 Europe/Berlin | 2026-03-29T00:59:59Z | freeze 2026-03-29T01:00:00Z
          """)
  void aFreezeWinsOverAWindow(String windows, String freezes, String at, String is) {
    Calendar calendar = new Calendar(windows(windows), freezes(freezes));
    assertThat(words(calendar.at(Instant.parse(at))).strip()).isEqualTo(is);
  }

  @Test
  void saysWhyInWords() {
    Instant tuesday = Instant.parse("2026-12-01T02:00:00Z");
    Calendar windows =
        new Calendar(windows("Mon-Thu 09:00-16:00 Europe/Berlin; Sat 00:00-00:00 UTC"), List.of());
    assertThat(windows.at(tuesday))
        .isEqualTo(
            new State.Closed(
                "outside the windows: Mon-Thu 09:00-16:00 Europe/Berlin; Sat UTC",
                Optional.of(Instant.parse("2026-12-01T08:00:00Z"))));
    assertThat(
            freezes(
                "2026-12-01T00:00/2026-12-03T00:00 UTC;2026-12-01T00:00/2026-12-02T00:00 UTC;"
                    + "2026-12-01T08:30/2026-12-02T00:00 UTC;2026-12-01T00:00/… UTC"))
        .extracting(Freeze::words)
        .containsExactly(
            "why (2026-12-01 to 2026-12-02 UTC)",
            "why (2026-12-01 UTC)",
            "why (2026-12-01 08:30 to 2026-12-02 00:00 UTC)",
            "why (from 2026-12-01 until further notice UTC)");
  }

  /// Whatever the calendar: what it announces comes true at that moment and not before.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsAnnouncedComesTrue(long seed) {
    Random random = new Random(seed);
    List<String> zones = List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
    for (int i = 0; i < 300; i++) {
      List<Window> windows = new ArrayList<>();
      for (int w = random.nextInt(4); w > 0; w--) {
        windows.add(
            new Window(
                EnumSet.of(
                    DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.of(1 + random.nextInt(7))),
                LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
                LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
                ZoneId.of(zones.get(random.nextInt(zones.size())))));
      }
      LocalDateTime near = LocalDateTime.of(2026, random.nextBoolean() ? 3 : 10, 24, 0, 0);
      List<Freeze> freezes = new ArrayList<>();
      for (int f = random.nextInt(3); f > 0; f--) {
        LocalDateTime from = near.plusMinutes(15L * random.nextInt(1500));
        freezes.add(
            new Freeze(from, Optional.of(from.plusHours(1 + random.nextInt(90))), "f", BERLIN));
      }
      Calendar calendar = new Calendar(windows, freezes);
      Instant at = near.atZone(BERLIN).toInstant().plusSeconds(60L * random.nextInt(15_000));
      Optional<Instant> change = change(calendar.at(at));
      if (change.isPresent()) {
        assertThat(change.get()).as("seed %d: %s at %s", seed, calendar, at).isAfter(at);
        assertThat(isOpen(calendar, change.get())).isNotEqualTo(isOpen(calendar, at));
        for (int s = 0; s < 20; s++) {
          long within = Duration.between(at, change.get()).toSeconds();
          Instant between = at.plusSeconds((long) (random.nextDouble() * within));
          assertThat(isOpen(calendar, between))
              .as("seed %d: %s between %s and %s: %s", seed, calendar, at, change, between)
              .isEqualTo(isOpen(calendar, at));
        }
      }
    }
  }

  private static Optional<Instant> change(State state) {
    return switch (state) {
      case State.Open(Optional<Instant> until) -> until;
      case State.Closed(String _, Optional<Instant> opens) -> opens;
    };
  }

  private static boolean isOpen(Calendar calendar, Instant at) {
    return calendar.at(at) instanceof State.Open;
  }

  @Test
  @Timeout(20)
  void endsAtTheEndsOfTimeToo() {
    Calendar calendar = new Calendar(windows("Mon 09:00-16:00 Europe/Berlin"), List.of());
    assertThat(calendar.at(Instant.MAX)).isInstanceOf(State.Closed.class);
    assertThat(calendar.at(Instant.MIN)).isInstanceOf(State.Closed.class);
  }

  @Test
  void refusesWhatMeansNothing() {
    LocalDateTime noon = LocalDateTime.parse("2026-12-01T12:00");
    assertThatThrownBy(() -> new Window(Set.of(), LocalTime.MIN, LocalTime.MIN, BERLIN))
        .hasMessage("window: it opens on no day - name one");
    assertThatThrownBy(() -> new Freeze(noon, Optional.of(noon), "why", BERLIN))
        .hasMessage("freeze: it ends (2026-12-01T12:00) before it begins (2026-12-01T12:00)");
  }
}
