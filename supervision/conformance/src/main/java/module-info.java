/** Runs scenarios on Coppice; its traces must equal those of Erlang/OTP, byte for byte. */
module io.coppice.conformance {
    requires io.coppice.core;
    requires io.coppice.supervision;
    requires org.jspecify;
}
