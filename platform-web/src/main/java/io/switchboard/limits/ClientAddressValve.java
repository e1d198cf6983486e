package io.switchboard.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Notes the client's address before the server rewrites it from headers that anybody in a private network may send. */
final class ClientAddressValve extends ValveBase {

    static final String ATTRIBUTE = ClientAddressValve.class.getName() + ".address";

    /** The address itself, where {@link #ATTRIBUTE} stands for all that belong together. */
    static final String EXACT = ClientAddressValve.class.getName() + ".exact";

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final ClientAddresses addresses;

    ClientAddressValve(ClientAddresses addresses) {
        super(true);
        this.addresses = addresses;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        List<String> forwardedFor = Collections.list(request.getHeaders(FORWARDED_FOR));
        request.setAttribute(ATTRIBUTE, addresses.of(request.getPeerAddr(), forwardedFor));
        request.setAttribute(EXACT, addresses.exactly(request.getPeerAddr(), forwardedFor));
        getNext().invoke(request, response);
    }
}
