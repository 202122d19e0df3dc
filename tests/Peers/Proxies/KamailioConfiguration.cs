namespace Interop.Tests.Peers.Proxies;

/// <summary>Writes what Kamailio 5.6 reads.</summary>
internal sealed class KamailioConfiguration(ProxyPlan plan, string directory, string modules, int port, int tlsPort)
{
    public static string Tls(string certificate, string key, string authority) => $"""
        [server:default]
        method = TLSv1.2+
        certificate = {certificate}
        private_key = {key}
        verify_certificate = no
        require_certificate = no

        [client:default]
        method = TLSv1.2+
        certificate = {certificate}
        private_key = {key}
        ca_list = {authority}
        verify_certificate = yes
        require_certificate = yes

        """;

    public string Text() => $$"""
        debug=1
        log_stderror=yes
        fork=yes
        children=2
        tcp_children=2
        auto_aliases=no
        dns=no
        rev_dns=no
        enable_tls=yes
        tcp_source_ipv4={{Kamailio.Address}}
        listen=udp:{{Kamailio.Address}}:{{port}}
        listen=tcp:{{Kamailio.Address}}:{{port}}
        listen=tls:{{Kamailio.Address}}:{{tlsPort}}
        mpath="{{modules}}"
        {{Loads("tm", "sl", "rr", "maxfwd", "pv", "xlog", "usrloc", "registrar", "siputils", "textops", "path", "tls", "auth")}}
        {{(plan.Media is null ? "" : Loads("rtpengine"))}}
        # A hub that does not answer at all is given up before the phone's own patience is over.
        modparam("tm", "fr_timer", 6000)
        modparam("rr", "enable_double_rr", 1)
        modparam("registrar", "min_expires", 10)
        modparam("path", "use_received", 1)
        modparam("tls", "config", "{{directory}}/tls.cfg")
        modparam("auth", "algorithm", "SHA-256")
        {{(plan.Media is null ? "" : $"modparam(\"rtpengine\", \"rtpengine_sock\", \"udp:{plan.Media.Control}\")")}}

        request_route {
          xlog("L_ALERT", "routed $rm $ru from $si:$sp over $proto\n");
          if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
          if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
          if (has_totag()) {
            if (loose_route()) { route(MEDIA); route(RELAY); }
            if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
            sl_send_reply("404", "No Such Route");
            exit;
          }
          if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
          t_check_trans();
          {{Proof()}}
          if (is_method("REGISTER")) {
            {{(plan.RegistersAtHub ? $"loose_route(); add_path_received(); $du = \"sip:{plan.Hub};transport={plan.Transport}\"; route(RELAY);" : "if (!save(\"location\")) sl_reply_error(); exit;")}}
          }
          if (loose_route()) { record_route(); route(MEDIA); route(RELAY); }
          record_route();
          route(MEDIA);
          if (lookup("location")) route(RELAY);
          if ($du == "" && uri != myself) route(RELAY);
          route(HUB);
        }

        route[HUB] {
          {{(plan.Hub.Length == 0 ? "sl_send_reply(\"404\", \"Not Here\"); exit;" : $"$ru = \"sip:\" + $rU + \"@{plan.Hub};transport={plan.Transport}\";")}}
          route(RELAY);
        }

        route[RELAY] {
          t_on_reply("MEDIA");
          if (!t_relay()) sl_reply_error();
          exit;
        }

        route[MEDIA] {
          {{(plan.Media is null ? "return;" : "if (is_method(\"INVITE|ACK|BYE|CANCEL|UPDATE\") && (has_body(\"application/sdp\") || is_method(\"BYE|CANCEL\"))) rtpengine_manage(\"replace-origin replace-session-connection\");")}}
        }

        onreply_route[MEDIA] {
          {{(plan.Media is null ? "return;" : "if (has_body(\"application/sdp\")) rtpengine_manage(\"replace-origin replace-session-connection\");")}}
        }

        """;

    /// <summary>A subscriber is asked for its password, and told by which way its calls have to come.</summary>
    private string Proof() => plan.Subscriber is not { } subscriber ? "" : $$"""
        if (is_method("REGISTER") && $tU =~ "^{{subscriber.User}}") {
          if (!pv_www_authenticate("{{subscriber.Realm}}", "{{subscriber.Password}}", "0")) { www_challenge("{{subscriber.Realm}}", "1"); exit; }
          {{(subscriber.ServiceRoute is null ? "" : $"append_to_reply(\"Service-Route: <{subscriber.ServiceRoute};lr>\\r\\n\");")}}
          xlog("L_ALERT", "registered $tU over $proto\n");
        }
        if (is_method("INVITE") && $fU =~ "^{{subscriber.User}}") {
          if (!pv_proxy_authenticate("{{subscriber.Realm}}", "{{subscriber.Password}}", "0")) { proxy_challenge("{{subscriber.Realm}}", "1"); exit; }
          consume_credentials();
        }
        """;

    private static string Loads(params string[] names) => string.Join('\n', names.Select(name => $"loadmodule \"{name}.so\""));
}
