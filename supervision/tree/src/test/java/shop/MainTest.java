package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.coppice.actor.Node;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The program of the README. */
class MainTest {

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void it_sells_and_begins_anew_when_it_has_failed() throws Exception {
        int port = freePort();
        var shop = Main.shop(port);
        assertThat(shop.check()).isEmpty();
        try (var node = Node.start(shop);
                var client = HttpClient.newHttpClient()) {
            var till = node.registry().ref(Main.TILL);
            assertThat(sell(client, port, 500)).isEqualTo("500\n");
            assertThat(sell(client, port, 200)).isEqualTo("700\n");
            var failed = till.pid();

            assertThatThrownBy(() -> sell(client, port, -1)).isInstanceOf(IOException.class);

            await().until(() -> node.registry().lookup(Main.TILL).isPresent());
            await().until(() -> !till.pid().equals(failed));
            await().ignoreException(IOException.class)
                    .until(() -> sell(client, port, 1).equals("1\n"));
        }
    }

    private static String sell(HttpClient client, int port, long cents)
            throws IOException, InterruptedException {
        var uri = URI.create("http://localhost:" + port + "/" + cents);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
}
