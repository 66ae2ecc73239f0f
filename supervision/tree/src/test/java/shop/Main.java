package shop;

import static io.coppice.supervision.Child.service;
import static io.coppice.supervision.Child.worker;
import static io.coppice.supervision.Strategy.REST_FOR_ONE;
import static io.coppice.supervision.Supervisor.supervisor;

import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;

import io.coppice.actor.Actor;
import io.coppice.actor.Context;
import io.coppice.actor.Name;
import io.coppice.actor.Node;
import io.coppice.actor.ReplyTo;
import io.coppice.supervision.Supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A shop that sells over HTTP: {@code curl localhost:8080/500}. What fails is started again. */
final class Main {

    static final Name<Sale> TILL = Name.of("till");

    static Supervisor shop(int port) {
        return supervisor("shop", REST_FOR_ONE)
                .restarts(3, ofSeconds(5))
                .children(
                        worker("till", Till::new).name(TILL),
                        service("web", node -> serve(node, port), server -> server.stop(0)));
    }

    public static void main(String[] args) {
        System.exit(shop(8080).run());
    }

    record Sale(long cents, ReplyTo<Long> replyTo) {}

    static final class Till implements Actor<Sale> {
        private long totalCents;

        Till(Context<Sale> context) {}

        @Override
        public void receive(Sale sale) {
            if (sale.cents() < 0) {
                throw new IllegalArgumentException("cents: " + sale.cents());
            }
            totalCents += sale.cents();
            sale.replyTo().send(totalCents);
        }
    }

    static HttpServer serve(Node node, int port) throws IOException {
        var till = node.registry().ref(TILL);
        var server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.createContext(
                "/",
                exchange -> {
                    long cents = Long.parseLong(exchange.getRequestURI().getPath().substring(1));
                    Long total = till.call(replyTo -> new Sale(cents, replyTo), ofSeconds(1));
                    var answer = (total + "\n").getBytes();
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        return server;
    }
}
