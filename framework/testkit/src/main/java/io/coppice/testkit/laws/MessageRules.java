package io.coppice.testkit.laws;

import io.coppice.actor.Fates;
import io.coppice.process.ExitReason;
import io.coppice.testkit.laws.Ruling.Court;
import io.coppice.testkit.script.Act;
import io.coppice.testkit.script.Outcome.Did;
import io.coppice.testkit.script.Outcome.Entry;
import io.coppice.testkit.script.Outcome.Got;
import io.coppice.testkit.script.Outcome.Heard;
import io.coppice.testkit.script.Outcome.Told;

import java.util.List;
import java.util.Optional;

/** The laws of messages. Every message of a script has a text of its own. */
final class MessageRules {

    private MessageRules() {}

    static Ruling order(Evidence evidence) {
        var court = new Court();
        for (var receiver : evidence.living()) {
            for (var sender : evidence.processes()) {
                order(evidence, sender, receiver, court);
                nothingAfterDeath(evidence, sender, receiver, court);
            }
        }
        return court.rule();
    }

    private static void order(Evidence evidence, String sender, String receiver, Court court) {
        var sent =
                evidence.acts(sender, act -> act instanceof Act.Send)
                        .map(act -> ((Act.Send) act).text())
                        .toList();
        int next = 0;
        for (var entry : evidence.log(receiver)) {
            if (entry instanceof Got(var from, var text) && from.equals(sender)) {
                int at = sent.subList(next, sent.size()).indexOf(text);
                court.require(at >= 0, "%s got %s of %s twice or too late", receiver, text, sender);
                next += at + 1;
            }
        }
    }

    private static void nothingAfterDeath(
            Evidence evidence, String sender, String receiver, Court court) {
        var log = evidence.log(receiver);
        int news = firstNewsOfDeath(log, sender, evidence);
        if (news < 0) {
            return;
        }
        for (var entry : log.subList(news + 1, log.size())) {
            court.require(
                    !(entry instanceof Got(var from, var text) && from.equals(sender)),
                    "%s heard %s after it had heard that %s was dead",
                    receiver,
                    entry,
                    sender);
        }
    }

    private static int firstNewsOfDeath(List<Entry> log, String who, Evidence evidence) {
        var reason = evidence.reason(who);
        for (int at = 0; at < log.size(); at++) {
            if (isNewsOfDeath(log.get(at), who, reason)
                    && evidence.hasEnded(who)
                    && !evidence.isSentExits(who)
                    && evidence.script().acts().noneMatch(act -> act instanceof Act.Exit)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isNewsOfDeath(Entry entry, String who, Optional<ExitReason> reason) {
        return switch (entry) {
            case Heard(var from, var why) ->
                    from.equals(who)
                            && (why instanceof ExitReason.NoProcess
                                    || reason.equals(Optional.of(why)));
            case Told(var monitor, var what, var why) -> what.equals(who);
            default -> false;
        };
    }

    static Ruling arrives(Evidence evidence) {
        var court = new Court();
        for (var sender : evidence.living()) {
            evidence.acts(sender, act -> act instanceof Act.Send)
                    .map(Act.Send.class::cast)
                    .filter(send -> evidence.lives(send.target()))
                    .filter(send -> !evidence.log(sender).contains(new Did(send, Did.LEFT_OUT)))
                    .forEach(
                            send ->
                                    court.require(
                                            evidence.log(send.target())
                                                    .contains(new Got(sender, send.text())),
                                            "%s sent %s to %s, who did not get it",
                                            sender,
                                            send.text(),
                                            send.target()));
        }
        return court.rule();
    }

    static Ruling fates(Evidence evidence) {
        var court = new Court();
        boolean isSent =
                evidence.living().stream()
                        .anyMatch(who -> evidence.does(who, act -> act instanceof Act.Send));
        if (isSent) {
            court.require(
                    evidence.seen().fates().stream().allMatch(Fates::isBalanced),
                    "some accepted message was neither handled nor dropped: %s",
                    evidence.seen().fates());
        }
        return court.rule();
    }
}
