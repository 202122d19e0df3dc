using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Interop.Bridges.Wire.Sip.Transports;

namespace Interop.Bridges.Sip;

/// <summary>Asks name servers, as .NET itself has no look-up of NAPTR and SRV records.</summary>
/// <remarks>Addresses are the system's to find unless name servers are set: it knows its hosts file too.</remarks>
internal sealed class DnsResolver : ISipResolver
{
    /// <summary>For how long it is believed that a name is not there.</summary>
    private static readonly TimeSpan AbsenceHolds = TimeSpan.FromSeconds(30);

    private readonly LookupClient _client;
    private readonly SystemResolver? _system;

    /// <param name="nameServers">Who is asked; none asks the system's.</param>
    public DnsResolver(IReadOnlyList<IPEndPoint> nameServers)
    {
        _system = nameServers.Count == 0 ? new SystemResolver() : null;
        var options = nameServers.Count == 0 ? new LookupClientOptions() : new LookupClientOptions([.. nameServers]);
        // The stack caches, with a bound; a server that is silent for 2 s is asked once more, and then the next.
        options.UseCache = false;
        options.ThrowDnsErrors = false;
        options.Timeout = TimeSpan.FromSeconds(2);
        options.Retries = 1;
        _client = new LookupClient(options);
    }

    public async ValueTask<SipRecords<IPAddress>?> AddressesAsync(string host, CancellationToken cancellation)
    {
        if (_system is not null)
            return await _system.AddressesAsync(host, cancellation);
        var found = await Task.WhenAll(
            AskAsync<AddressRecord, IPAddress>(host, QueryType.A, static record => record.Address, cancellation),
            AskAsync<AddressRecord, IPAddress>(host, QueryType.AAAA, static record => record.Address, cancellation));
        return found switch
        {
            [null, null] => null,
            [null, { } only] => only,
            [{ } only, null] => only,
            [{ Values.Count: 0 }, { } other] => other,
            [{ } other, { Values.Count: 0 }] => other,
            [{ } first, { } second] => new([.. first.Values, .. second.Values], first.TimeToLive < second.TimeToLive ? first.TimeToLive : second.TimeToLive),
            _ => null,
        };
    }

    public async ValueTask<SipRecords<SipPointer>?> PointersAsync(string domain, CancellationToken cancellation) =>
        await AskAsync<NAPtrRecord, SipPointer>(
            domain, QueryType.NAPTR, static record => new SipPointer(record.Order, record.Preference, record.Flags, record.Services, record.Replacement.Value), cancellation);

    public async ValueTask<SipRecords<SipService>?> ServicesAsync(string name, CancellationToken cancellation) =>
        await AskAsync<SrvRecord, SipService>(
            name, QueryType.SRV, static record => new SipService(record.Priority, record.Weight, record.Port, record.Target.Value), cancellation);

    private async Task<SipRecords<TValue>?> AskAsync<TRecord, TValue>(
        string name, QueryType type, Func<TRecord, TValue> read, CancellationToken cancellation)
        where TRecord : DnsResourceRecord
    {
        try
        {
            var answer = await _client.QueryAsync(name, type, cancellationToken: cancellation);
            if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain)
                return null;
            var records = answer.Answers.OfType<TRecord>().ToList();
            return records.Count == 0
                ? new([], AbsenceHolds)
                : new([.. records.Select(read)], TimeSpan.FromSeconds(records.Min(static record => record.InitialTimeToLive)));
        }
        catch (DnsResponseException)
        {
            return null;
        }
        catch (Exception unusable) when (unusable is ArgumentException or InvalidOperationException)
        {
            // A host that is no name of the DNS, as one with a label of more than 63 octets.
            return new([], AbsenceHolds);
        }
    }
}
