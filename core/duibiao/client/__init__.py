"""A small client of the service (接口的客户端): hand in, wait, read the report.

```python
with Client("https://duibiao.example", token) as client:
    receipt = client.upload(Path("材料.docx"))
    client.wait(receipt.job)
    report = client.report(receipt.package, receipt.version)
```
"""

from duibiao.client.calling import ServerError
from duibiao.client.client import Client, Receipt

__all__ = ["Client", "Receipt", "ServerError"]
