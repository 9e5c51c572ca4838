package tminus.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of programs: with which words they only look.
final class LookingPrograms {

  /// Programs that only look whatever follows, but for the options and words after the colon.
  private static final String WHATEVER_FOLLOWS =
      """
      [
      [[
      :
      arch
      b2sum
      bandit: -o --output
      base64
      basename
      break
      cat
      cd
      cksum
      cmp
      column
      comm
      continue
      cut
      declare
      df
      diff
      dig
      dirname
      du
      echo
      egrep
      eslint: --fix -o --output-file --init
      exit
      expand
      export
      expr
      false
      fgrep
      file: -C --compile
      fmt
      fold
      free
      getconf
      getent
      grep
      groups
      hadolint
      head
      hexdump
      host
      id
      iostat
      join
      journalctl: --rotate --vacuum-size --vacuum-time --vacuum-files --flush --sync
      jq
      last
      let
      local
      locale
      ls
      lsb_release
      lsblk
      lscpu
      lsof
      md5sum
      netstat
      nl
      nproc
      nslookup
      od
      paste
      pg_isready
      pgrep
      ping
      popd
      printf
      ps
      pstree
      pushd
      pwd
      pytest
      read
      readlink
      readonly
      realpath
      return
      rev
      seq
      set
      sha1sum
      sha256sum
      sha512sum
      shasum
      shellcheck
      shift
      sleep
      sort: -o --output --compress-program
      ss: -K --kill
      stat
      strings
      tac
      tail
      test
      tr
      traceroute
      true
      type
      typeset
      ulimit
      uname
      unset
      uptime
      vmstat
      w
      wait
      wc
      whereis
      which
      who
      whoami
      ab: -p -u -m
      hey: -m -d -D
      wrk: -s --script
      yq: -i --inplace --in-place -s --split-exp
      zcat
      zgrep
      """;

  /// `program | options that may stand before the words, with = when a value follows | words that
  /// only look | options and words that change`. In the words `*` is any one, `get-*` any that
  /// begins so, and `.` means that nothing follows. A program may have several lines.
  private static final String WITH_WORDS =
      """
      argocd | | app get, app list, app diff, app history, app wait |
      aws | --region= --profile= --output= --endpoint-url= --query= --no-cli-pager --no-paginate \
          | s3 ls, logs tail, logs filter-log-events, * describe, * describe-*, * list, * list-*, * get-*, * wait \
          | get-object
      cargo | | test, check, clippy, audit, tree, fmt --check, fmt --all --check | fix --fix
      coverage | | report |
      crontab | | -l |
      docker | --context= -H= --host= \
          | ps, images, inspect, logs, version, info, stats, history, top, port, diff, events, search, \
            container ls, container list, container inspect, container logs, container stats, container top, \
            image ls, image list, image inspect, image history, manifest inspect, network ls, network inspect, \
            volume ls, volume inspect, system df, system info, node ls, node ps, node inspect, \
            service ls, service ps, service inspect, service logs, stack ls, stack ps, stack services |
      docker-compose | -f= --file= -p= --project-name= --env-file= --profile= --project-directory= \
          | ps, logs, config, images, ls, top, version, port | -o --output --lock-image-digests
      gh | -R= --repo= \
          | pr list, pr view, pr status, pr checks, pr diff, run list, run view, run watch, release list, \
            release view, issue list, issue view, workflow list, workflow view, repo view |
      git | -C= --no-pager \
          | log, status, diff, show, describe, rev-parse, rev-list, ls-remote, ls-files, ls-tree, cat-file, blame, \
            shortlog, grep, merge-base, name-rev, stash list, secrets --scan, remote ., remote -v ., remote show, \
            config --get, config --list, config -l, worktree list, submodule status \
          | --output --upload-pack --exec --open-files-in-pager
      git | -C= --no-pager \
          | branch ., branch -a ., branch -r ., branch -v ., branch -vv ., branch --list, branch --show-current, \
            branch --contains, branch --merged, branch --no-merged, \
            tag ., tag -l, tag --list, tag --contains, tag --points-at, tag -v \
          | -d -D -m -M -c -C -f -u -s -F --delete --move --copy --force --edit-description --set-upstream-to \
            --unset-upstream
      go | | test, vet, version, list, env ., mod verify | -exec -vettool -toolexec
      haproxy | | -c, -v, -vv |
      helm | -n= --namespace= --kube-context= --kubeconfig= \
          | lint, list, ls, status, history, get, template, diff, version, show, search, env, verify \
          | --output-dir --post-renderer
      kill | | -0 |
      kubectl | -n= --namespace= --context= --kubeconfig= --cluster= --user= -s= --server= --request-timeout= \
            -A --all-namespaces \
          | get, describe, logs, top, version, cluster-info ., explain, wait, diff, api-resources, api-versions, \
            events, rollout status, rollout history, auth can-i, auth whoami, config view, config get-contexts, \
            config current-context |
      mysqladmin | -h= -u= -P= -p --host= --user= --port= --password= \
          | ping, status, version, processlist, extended-status, variables |
      nginx | | -t, -T, -v, -V | -s
      npm | --prefix= -s --silent | test, ls, list, outdated, view, audit, ping | fix --fix
      openssl | | s_client, x509, verify, version, crl | -out -signkey -CAcreateserial -CAserial -writerand
      pip | | list, show, check, freeze |
      pnpm | -s --silent -C= | test, ls, list, outdated, audit, lint | fix --fix
      promtool | | check, test, query |
      python | | -m pytest, -m json.tool . |
      python3 | | -m pytest, -m json.tool . |
      rabbitmqctl | -n= -p= -t= -q -s --node= --vhost= --timeout= --quiet --silent --formatter= \
          | status, list_*, cluster_status, ping, environment, version, report, node_health_check |
      rabbitmq-diagnostics | -n= -p= -t= -q -s --node= --vhost= --timeout= --quiet --silent --formatter= \
          | status, list_*, cluster_status, ping, check_*, alarms, memory_breakdown, environment, version, report |
      redis-cli | -h= -p= -a= -n= -u= --user= --pass= --no-auth-warning --raw --no-raw --csv --tls \
            --cacert= --cert= --key= \
          | ping, info, dbsize, llen, get, mget, ttl, pttl, exists, type, scan, hget, hgetall, hlen, scard, smembers, \
            zcard, zrange, strlen, lrange, xlen, lastsave, time, role, memory usage, memory stats, memory doctor, \
            client list, client info, config get, slowlog get, slowlog len, cluster info, cluster nodes, \
            latency latest, latency doctor, acl whoami |
      safety | | check, scan | -o --output --apply-security-updates
      service | | * status |
      supervisorctl | -c= | status, avail, version |
      systemctl | --user --no-pager -q --quiet -n= -l --full -H= --type= --state= --all -a \
          | status, is-active, is-enabled, is-failed, show, cat, list-units, list-timers, list-unit-files, \
            list-dependencies |
      terraform | -chdir= \
          | validate, show, output, version, providers ., state list, state show, fmt -check, workspace list, \
            workspace show |
      trivy | -q --quiet --cache-dir= | image, fs, filesystem, repo, repository, config, sbom, rootfs, k8s, version \
          | -o --output
      vault | -address= -namespace= \
          | status, kv list, kv get, token lookup, list, policy list, policy read, secrets list, auth list |
      yarn | --cwd= -s --silent | test, list, outdated, audit, lint, why | fix --fix
      """;

  private static final List<Rule> RULES = rules();

  private LookingPrograms() {}

  /// One line of the tables.
  ///
  /// @param looks the words that only look; empty when all do
  private record Rule(
      String program, Set<String> options, List<List<String>> looks, Set<String> changes) {

    boolean looks(List<String> arguments) {
      if (arguments.stream().anyMatch(argument -> isOneOf(argument, changes))) {
        return false;
      }
      return looks.isEmpty() || looks.stream().anyMatch(words -> matches(words, arguments));
    }

    private boolean matches(List<String> words, List<String> arguments) {
      int at = 0;
      for (String word : words) {
        boolean last = at >= arguments.size();
        if (word.equals(".")) {
          return last;
        }
        if (!last && !word.startsWith("-")) {
          OptionalInt operand = operand(arguments, at, options);
          at = operand.orElse(arguments.size());
          last = at >= arguments.size();
        }
        if (last || !fits(word, arguments.get(at))) {
          return false;
        }
        at++;
      }
      return true;
    }

    private static boolean fits(String word, String argument) {
      return word.endsWith("*")
          ? argument.startsWith(word.substring(0, word.length() - 1)) && !argument.startsWith("-")
          : argument.equals(word);
    }
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String line : WHATEVER_FOLLOWS.lines().toList()) {
      String[] parts = line.split(": ", 2);
      rules.add(new Rule(parts[0], Set.of(), List.of(), words(parts.length == 2 ? parts[1] : "")));
    }
    for (String line : WITH_WORDS.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      List<List<String>> looks =
          Arrays.stream(cells[2].split(","))
              .map(words -> List.of(words.strip().split("\\s+")))
              .toList();
      rules.add(new Rule(cells[0].strip(), words(cells[1]), looks, words(cells[3])));
    }
    return List.copyOf(rules);
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What the tables say of the program with these arguments; empty when they do not know it.
  static Optional<Boolean> looks(String program, List<String> arguments) {
    List<Rule> about = RULES.stream().filter(rule -> rule.program().equals(program)).toList();
    return about.isEmpty()
        ? Optional.empty()
        : Optional.of(about.stream().anyMatch(rule -> rule.looks(arguments)));
  }

  /// The place of the first argument of the program that is no option, as far as the tables know
  /// its options.
  static OptionalInt operand(String program, List<String> arguments) {
    return RULES.stream()
        .filter(rule -> rule.program().equals(program))
        .findFirst()
        .map(rule -> operand(arguments, 0, rule.options()))
        .orElse(OptionalInt.empty());
  }

  /// The place of the first argument from `from` on that is neither a known option nor its value,
  /// or empty when an unknown option stands before it.
  ///
  /// @param options those that are known, with `=` when a value follows
  static OptionalInt operand(List<String> arguments, int from, Set<String> options) {
    int at = from;
    while (at < arguments.size()) {
      String argument = arguments.get(at);
      if (argument.equals("--")) {
        return OptionalInt.of(at + 1);
      }
      if (!argument.startsWith("-") || argument.equals("-")) {
        return OptionalInt.of(at);
      }
      int assigned = argument.indexOf('=');
      String name = assigned > 0 ? argument.substring(0, assigned) : argument;
      boolean single = !argument.startsWith("--") && argument.length() > 2;
      if (options.contains(name + "=")) {
        at += assigned > 0 ? 1 : 2;
      } else if (options.contains(argument)
          || (single && options.contains(argument.substring(0, 2) + "="))
          || (single && areFlags(argument, options))) {
        at++;
      } else {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(at);
  }

  /// `-it` for `-i -t`.
  private static boolean areFlags(String argument, Set<String> options) {
    return argument.chars().skip(1).allMatch(letter -> options.contains("-" + (char) letter));
  }

  /// Whether an argument is one of these words or options, however it is written: `-o`, `-ofile`,
  /// `-so`, `--output`, `--output=file`, `--out`.
  static boolean isOneOf(String argument, Set<String> words) {
    if (words.contains(argument)) {
      return true;
    }
    if (argument.startsWith("--")) {
      String name = argument.split("=", 2)[0];
      return name.length() > 2 && words.stream().anyMatch(word -> word.startsWith(name));
    }
    // A digit begins a flag's value: `-d30s`.
    String flags = argument.startsWith("-") ? argument.replaceFirst("\\d.*", "") : "";
    return words.stream()
        .anyMatch(word ->
            word.length() == 2 && word.startsWith("-") && flags.indexOf(word.charAt(1)) > 0);
  }
}
